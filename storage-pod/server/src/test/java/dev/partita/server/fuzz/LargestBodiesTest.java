package dev.partita.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bodies of the largest allowed size take memory and time in proportion to it, whatever they are
/// filled with.
class LargestBodiesTest {

  /// The front door's bound.
  private static final int LARGEST_BYTES = 16 << 20;

  /// What every filling is tried with; `-Dpartita.fuzz.megabytes=16` for the largest.
  private static final int BODY_BYTES = Integer.getInteger("partita.fuzz.megabytes", 1) << 20;

  /// Allocated bytes per byte of the body, nearly all of it garbage at once. Code that is not
  /// compiled yet allocates what compiled code does not; a request that is carried out has its item
  /// read and written several times over.
  private static final int BYTES_PER_BYTE = 160;

  /// The same of the largest, which no operation carries out.
  private static final int LARGEST_BYTES_PER_BYTE = 64;

  /// The thread's own time, per megabyte: ten times what is usual, since what is looked for is time
  /// that grows faster than the body.
  private static final long NANOS_PER_MEGABYTE = TimeUnit.MILLISECONDS.toNanos(200);

  private static final int TRIES = 3;

  private static FuzzTarget target;

  @BeforeAll
  static void open(@TempDir Path directory) {
    target = new FuzzTarget(directory);
  }

  @AfterAll
  static void close() {
    target.close();
  }

  /// `#` in a filling is its number, so that names differ.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"}             | ,"x#":{"NULL":true} | }}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"}             | ,"a":{"S":"k0"} | }}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"},"l":{"L":[{"N":"1"}  | ,{"N":"#"} | ]}}}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"},"l":{"L":[{"L":[]}   | ,{"L":[]} | ]}}}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"},"l":{"SS":["x"       | ,"y#" | ]}}}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"},"l":{"SS":["x"       | ,"y" | ]}}}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"},"l":{"NS":["0"       | ,"1#" | ]}}}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"},"l":{"BS":["AA=="    | ,"AA==" | ]}}}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"},"l":{"BS":[""        | ,"" | ]}}}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"},"l":{"SS":[""        | ,"" | ]}}}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"},"n":{"N":"1          | 1 | "}}}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"},"n":{"N":"           | 0 | 1"}}}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"},"s":{"S":"           | s | "}}}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"},"s":{"S":"           | \\u00e9 | "}}}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"},"                    | s | ":{"S":""}}}
          PutItem | {"TableName":"hashed","Other":[0                                  | ,[] | ],"Item":{"a":{"S":"k0"}}}
          PutItem | {"TableName":"hashed","Other":0                                   | ,"o#":0 | ,"Item":{"a":{"S":"k0"}}}
          PutItem | {"TableName":"                                                    | h | "}
          PutItem | {"TableName":"hashed"                                             | ,"TableName":"hashed" | ,"Item":{"a":{"S":"k0"}}}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"}                      | ,"x#":{"S":"x"} | ``
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"}},"Expected":{"x":{"Exists":false} | ,"x#":{"Exists":false} | }}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"}},"Expected":{"x":{"ComparisonOperator":"IN","AttributeValueList":[{"N":"1"} | ,{"N":"#"} | ]}}}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"}},"ConditionExpression":"(a=b) | OR(a=b) | "}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"}},"ConditionExpression":"a=:a","ExpressionAttributeValues":{":a":{"S":"a"} | ,":b#":{"S":"b"} | }}
          PutItem | {"TableName":"hashed","Item":{"a":{"S":"k0"}},"ConditionExpression":"#a=a","ExpressionAttributeNames":{"#a":"a" | ,"#b#":"b" | }}
          UpdateItem | {"TableName":"hashed","Key":{"a":{"S":"k0"}},"AttributeUpdates":{"x":{"Value":{"N":"1"}} | ,"x#":{"Value":{"N":"1"}} | }}
          UpdateItem | {"TableName":"hashed","Key":{"a":{"S":"k0"}},"UpdateExpression":"SET x=y | ,x#=y | "}
          GetItem | {"TableName":"hashed","Key":{"a":{"S":"k0"}},"AttributesToGet":["x" | ,"x#" | ]}
          GetItem | {"TableName":"hashed","Key":{"a":{"S":"k0"}},"ProjectionExpression":"x | ,x# | "}
          Query | {"TableName":"hashed","KeyConditions":{"a":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"k0"} | ,{"S":"k0"} | ]}}}
          Query | {"TableName":"hashed","KeyConditions":{"a":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"k0"}]} | ,"a#":{"ComparisonOperator":"NULL"} | }}
          Scan | {"TableName":"hashed","ScanFilter":{"x":{"ComparisonOperator":"NULL"} | ,"x#":{"ComparisonOperator":"NULL"} | }}
          Scan | {"TableName":"hashed","ScanFilter":{"x":{"ComparisonOperator":"IN","AttributeValueList":[{"S":"x"} | ,{"S":"x#"} | ]}}}
          BatchGetItem | {"RequestItems":{"hashed":{"Keys":[{"a":{"S":"k0"}} | ,{"a":{"S":"k#"}} | ]}}}
          BatchGetItem | {"RequestItems":{"hashed":{"Keys":[{} | ,{} | ]}}}
          BatchGetItem | {"RequestItems":{"hashed":{"Keys":[{"a":{"S":"k0"}}]} | ,"hash#":{"Keys":[{"a":{"S":"k0"}}]} | }}
          BatchWriteItem | {"RequestItems":{"hashed":[{"PutRequest":{"Item":{"a":{"S":"k0"}}}} | ,{"PutRequest":{"Item":{"a":{"S":"k#"}}}} | ]}}
          BatchWriteItem | {"RequestItems":{"hashed":[{} | ,{} | ]}}
          BatchWriteItem | {"RequestItems":{"hashed":[{"PutRequest":{"Item":{"a":{"S":"k0"}}}}] | ,"hash#":[{"DeleteRequest":{"Key":{"a":{"S":"k0"}}}}] | }}
          CreateTable | {"TableName":"new","AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"} | ,{"AttributeName":"a#","AttributeType":"S"} | ],"KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST"}
          CreateTable | {"TableName":"new","AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],"KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST","Tags":[{"Key":"k","Value":"v"} | ,{"Key":"k#","Value":"v"} | ]}
          CreateTable | {"TableName":"new","AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST","KeySchema":[{} | ,{} | ]}
          """)
  void itsCostIsInProportion(String operation, String start, String filling, String end) {
    check(filled(BODY_BYTES, operation, start, filling, end == null ? "" : end), BYTES_PER_BYTE);
  }

  /// Those that were seen to cost most.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"TableName":"hashed","Item":{"a":{"S":"k0"}},"Expected":{"x":{"Exists":false} | ,"x#":{"Exists":false} | }}
          {"TableName":"hashed","Item":{"a":{"S":"k0"}},"Expected":{"x":{"ComparisonOperator":"IN","AttributeValueList":[{"N":"1"} | ,{"N":"#"} | ]}}}
          {"TableName":"hashed","Item":{"a":{"S":"k0"},"l":{"BS":["AA==" | ,"AA==" | ]}}}
          {"TableName":"hashed","Item":{"a":{"S":"k0"},"l":{"BS":["" | ,"" | ]}}}
          """)
  void soIsThatOfTheLargest(String start, String filling, String end) {
    check(filled(LARGEST_BYTES, "PutItem", start, filling, end), LARGEST_BYTES_PER_BYTE);
  }

  private void check(FuzzRequest request, int bytesPerByte) {
    int length = request.body().length;
    FuzzTarget.Result best = target.call(request);
    for (int i = 1; i < TRIES && isDear(length, best); i++) {
      FuzzTarget.Result again = target.call(request);
      best = again.cpuNanos() < best.cpuNanos() ? again : best;
    }
    assertThat(best.fault()).isNull();
    assertThat(best.allocatedBytes()).isLessThan((long) length * bytesPerByte);
    assertThat(isDear(length, best)).as("%d ms", best.cpuNanos() / 1_000_000).isFalse();
  }

  @Test
  void depthCostsNoMoreThanLength() {
    for (String open : new String[] {"[", "{\"a\":", "{\"M\":{\"a\":", "{\"L\":["}) {
      FuzzRequest request =
          filled(BODY_BYTES, "PutItem", "{\"TableName\":\"hashed\",\"Item\":{\"a\":", open, "");
      FuzzTarget.Result result = target.call(request);
      assertThat(result.fault()).as(open).isNull();
      assertThat(result.allocatedBytes()).as(open).isLessThan((long) BODY_BYTES * BYTES_PER_BYTE);
    }
  }

  private static boolean isDear(int length, FuzzTarget.Result result) {
    return result.cpuNanos() > NANOS_PER_MEGABYTE * length / (1 << 20);
  }

  private static FuzzRequest filled(
      int bytes, String operation, String start, String filling, String end) {
    StringBuilder text = new StringBuilder(bytes).append(start.strip());
    IntFunction<String> each =
        filling.contains("#") && !filling.startsWith("#")
            ? number -> numbered(filling, number)
            : _ -> filling;
    for (int i = 0; text.length() + filling.length() + end.length() < bytes - 16; i++) {
      text.append(each.apply(i));
    }
    text.append(end.strip());
    return new FuzzRequest(operation, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// The last `#` counts; others begin placeholders.
  private static String numbered(String filling, int number) {
    int at = filling.lastIndexOf('#');
    return filling.substring(0, at) + number + filling.substring(at + 1);
  }
}
