package dev.partita.example.orders;

import java.util.Map;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The way to the database. The SDK itself reads `AWS_ENDPOINT_URL_DYNAMODB`, `AWS_REGION`,
/// `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, which the Secret has under these very names.
final class Database {

  private Database() {}

  /// @param environment of the process; `PARTITA_CA` is the one thing that the SDK does not know
  static DynamoDbClient open(Map<String, String> environment) {
    UrlConnectionHttpClient.Builder http = UrlConnectionHttpClient.builder();
    String ca = environment.get("PARTITA_CA");
    if (ca != null && !ca.isBlank()) {
      TrustManager[] trusted = Trust.in(ca);
      http.tlsTrustManagersProvider(() -> trusted);
    }
    return DynamoDbClient.builder().httpClientBuilder(http).build();
  }
}
