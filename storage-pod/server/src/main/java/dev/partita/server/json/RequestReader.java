package dev.partita.server.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.partita.model.error.ApiException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Reads the body of a request: JSON text to a {@link Structure} whose types and model constraints
/// are checked.
///
/// Errors, in the order of DynamoDB's checks: text that is no JSON is a SerializationException
/// without a message, wherever it breaks; a wrong JSON type is one with a message; violated
/// constraints of the model are a ValidationException, `N validation errors detected: …`.
public final class RequestReader {

  /// Objects and arrays inside one another, over the whole request. Far above what any legal
  /// request needs (an attribute value costs two per level, 32 levels) and far below what would
  /// exhaust the stack.
  static final int MAX_DEPTH = 1_000;

  /// Longest JSON number in characters.
  static final int MAX_NUMBER_LENGTH = 1_000;

  /// A parser's table of names, which later parsers share, is forgotten after so many bytes of
  /// JSON: it keeps thousands of names of any length, and they are the client's choice.
  private static final long NAMES_FOR_BYTES = 8 << 20;

  private static final AtomicReference<Parsers> PARSERS = new AtomicReference<>(new Parsers());

  /// Makes parsers that share a table of names.
  private static final class Parsers {
    private final JsonFactory factory = factory();
    private final AtomicLong parsedBytes = new AtomicLong();

    /// To be called when a body is parsed, and its names are in the table.
    void parsed(int bytes) {
      if (parsedBytes.addAndGet(bytes) > NAMES_FOR_BYTES) {
        PARSERS.compareAndSet(this, new Parsers());
      }
    }
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                // Lengths of strings and names are bounded by the body's.
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .build())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        // Attribute names are anything: unlucky ones may be slow, never an error.
        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .build();
  }

  private RequestReader() {}

  /// The present table of names, for tests.
  static Object sharedNames() {
    return PARSERS.get();
  }

  /// @param shape what the operation takes
  /// @param body JSON text in UTF-8
  /// @throws ApiException SerializationException or ValidationException
  public static Structure read(StructureShape shape, byte[] body) {
    Structure request;
    Parsers parsers = PARSERS.get();
    try (JsonParser parser = parsers.factory.createParser(body)) {
      request = new ShapeReader(parser).readRoot(shape);
    } catch (IOException _) {
      throw Serialization.error("");
    } catch (ApiException e) {
      // Broken JSON goes before wrong types, however late it breaks.
      checkSyntax(body);
      throw e;
    } finally {
      parsers.parsed(body.length);
    }
    Constraints.check(shape, request);
    return request;
  }

  /// Whether the text is JSON at all, within {@link #MAX_DEPTH}.
  ///
  /// @throws ApiException SerializationException without a message
  public static void checkSyntax(byte[] body) {
    Parsers parsers = PARSERS.get();
    try (JsonParser parser = parsers.factory.createParser(body)) {
      if (parser.nextToken() == null) {
        throw Serialization.error("");
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw Serialization.error("");
      }
    } catch (IOException _) {
      throw Serialization.error("");
    } finally {
      parsers.parsed(body.length);
    }
  }
}
