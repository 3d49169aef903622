package dev.partita.bench;

import java.util.SplittableRandom;

/// Tables and items of the suites that need many. An item follows from its number, and all items of
/// one table are of one length.
final class Items {

  /// Size of a {@link #kilobyte} item, in DynamoDB's bytes.
  static final int KILOBYTE = 1_024;

  private static final int KILOBYTE_TEXT = 947;
  private static final int SMALL_TEXT = 78;
  private static final int SIX_DIGITS = 100_000;

  private Items() {}

  /// @param sorted with a sort key beside the partition key
  static String createTable(String table, boolean sorted) {
    String definition = ",{\"AttributeName\":\"sk\",\"AttributeType\":\"S\"}";
    String element = ",{\"AttributeName\":\"sk\",\"KeyType\":\"RANGE\"}";
    return """
    {"TableName":"%s","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}%s],\
    "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}%s],"BillingMode":"PAY_PER_REQUEST"}"""
        .formatted(table, sorted ? definition : "", sorted ? element : "");
  }

  static String key(int item) {
    return "item#%08d".formatted(item);
  }

  /// An item of 1 KB with some attributes of several types.
  ///
  /// @param seed chooses the values
  static String kilobyte(String partitionKey, String sortKey, long seed) {
    return """
    {"pk":{"S":"%s"},"sk":{"S":"%s"},"n":{"N":"%d"},"text":{"S":"%s"},\
    "tags":{"SS":["red","green","blue"]},"place":{"M":{"city":{"S":"Utrecht"},"zip":{"N":"3511"}}}}"""
        .formatted(partitionKey, sortKey, sixDigits(seed), letters(seed, KILOBYTE_TEXT));
  }

  /// An item of about 100 bytes.
  static String small(int item) {
    return "{\"pk\":{\"S\":\"%s\"},\"n\":{\"N\":\"%d\"},\"text\":{\"S\":\"%s\"}}"
        .formatted(key(item), sixDigits(item), letters(item, SMALL_TEXT));
  }

  /// An item of about 100 bytes with a time.
  ///
  /// @param expires in seconds since 1970
  static String expiring(int item, long expires) {
    return "{\"pk\":{\"S\":\"%s\"},\"expires\":{\"N\":\"%d\"},\"text\":{\"S\":\"%s\"}}"
        .formatted(key(item), expires, letters(item, SMALL_TEXT));
  }

  private static long sixDigits(long seed) {
    return SIX_DIGITS + Math.floorMod(seed, 9L * SIX_DIGITS);
  }

  /// Nothing that a compressor could make smaller.
  private static String letters(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}
