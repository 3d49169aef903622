package dev.partita.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestContextTest {

  private final RequestContext context =
      new RequestContext(
          "ID",
          "arn:aws:iam::000000000000:root",
          "GetItem",
          "localhost",
          "local-1",
          "000000000000",
          InstantSource.system(),
          AnswerMemory.UNCOUNTED);

  @Test
  void aTableIsNamedPlainlyOrByItsArn() {
    assertThat(context.tableName("orders")).isEqualTo("orders");
    assertThat(context.tableName(context.tableArn("orders"))).isEqualTo("orders");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "arn:aws:dynamodb:local-2:000000000000:table/orders|Invalid AWS region in"
            + " 'arn:aws:dynamodb:local-2:000000000000:table/orders'",
        "arn:aws-cn:dynamodb:local-1:000000000000:table/orders|Invalid AWS partition in"
            + " 'arn:aws-cn:dynamodb:local-1:000000000000:table/orders'",
        "arn:aws:s3:local-1:000000000000:table/orders|Valid ARN format is"
            + " 'arn:<awsPartition>:<vendor>:<region>:<subscriber>:resourceType/resourceName'",
      })
  void anArnOfAnotherPlaceIsRefused(String arn, String message) {
    assertThatThrownBy(() -> context.tableName(arn))
        .hasMessage("1 validation error detected: " + message)
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.VALIDATION));
  }

  @Test
  void anArnOfAnotherAccountIsDenied() {
    String arn = "arn:aws:dynamodb:local-1:111111111111:table/orders";
    assertThatThrownBy(() -> context.tableName(arn))
        .hasMessage(
            "User: arn:aws:iam::000000000000:root is not authorized to perform: dynamodb:GetItem on"
                + " resource: "
                + arn
                + " because no resource-based policy allows the dynamodb:GetItem action")
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.ACCESS_DENIED));
  }
}
