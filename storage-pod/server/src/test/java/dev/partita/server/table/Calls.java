package dev.partita.server.table;

import dev.partita.cluster.Cluster;
import dev.partita.model.error.ApiException;
import dev.partita.server.operation.AnswerMemory;
import dev.partita.server.operation.Operation;
import dev.partita.server.operation.RequestContext;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;

/// Calls operations as the front door does. JSON in tests is written with `'` for `"`.
final class Calls {

  private final Cluster cluster;

  Calls(Cluster cluster) {
    this.cluster = cluster;
  }

  /// The answer's text.
  String ok(String operation, String body) {
    return new String(call(operation, body), StandardCharsets.UTF_8);
  }

  /// `<type without namespace>: <message>`.
  String error(String operation, String body) {
    try {
      return "no error but " + ok(operation, body);
    } catch (ApiException e) {
      String type = e.type().wireName();
      return type.substring(type.indexOf('#') + 1) + ": " + e.getMessage();
    }
  }

  private byte[] call(String operation, String body) {
    Operation o =
        TableOperations.of(cluster).stream()
            .filter(each -> each.name().equals(operation))
            .findFirst()
            .orElseThrow();
    RequestContext context =
        new RequestContext(
            "REQUEST",
            "arn:aws:iam::000000000000:root",
            operation,
            "localhost",
            "local-1",
            "000000000000",
            InstantSource.system(),
            AnswerMemory.UNCOUNTED);
    try {
      return o.handle(context, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
          .join()
          .body();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ApiException api) {
        throw api;
      }
      throw e;
    }
  }
}
