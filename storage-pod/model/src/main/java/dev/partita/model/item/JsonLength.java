package dev.partita.model.item;

import dev.partita.model.value.Bytes;
import dev.partita.model.value.NumberCode;

/// How long an encoded item is as DynamoDB's JSON, to the byte and without writing it: what is
/// short as an item may be long as text, above all `1E-130`, which has 3 bytes here and 132 digits
/// there.
public final class JsonLength implements ItemVisitor {

  /// Bytes of JSON for one byte of an encoded item at most. The worst are lists of numbers such as
  /// `-1E-130`: `{"N":"-0.0…01"},` has 142 and comes of 4.
  public static final int MAX_FACTOR = 36;

  /// `{"S":"` and `"}`, and as long for other scalars.
  private static final int TYPE = 8;

  private static final int QUOTES = 2;

  /// `{"BOOL":true}` and `{"NULL":true}`.
  private static final int TRUE = 13;

  /// `{"L":[` and `{"M":{`.
  private static final int OPENING = 6;

  /// `{"SS":[`.
  private static final int SET_OPENING = 7;

  /// `]}` and `}}`.
  private static final int CLOSING = 2;

  /// `\n`, and `\u0001` for characters that have no such short form: bytes above the character.
  private static final int SHORT_ESCAPE = 1;

  private static final int LONG_ESCAPE = 5;

  /// The braces of the item itself.
  private long length = 2;

  private boolean comma;
  private boolean inSet;

  private JsonLength() {}

  /// Of an encoded attribute map, braces included.
  public static long of(Bytes body) {
    return of(body.unsafeArray(), 0, body.length());
  }

  /// Of a slice; otherwise as `of(Bytes)`.
  public static long of(byte[] octets, int offset, int length) {
    JsonLength counted = new JsonLength();
    ItemCodec.walk(octets, offset, length, counted);
    return counted.length;
  }

  private void value(long bytes) {
    length += comma ? bytes + 1 : bytes;
    comma = true;
  }

  private void open(int bytes) {
    value(bytes);
    comma = false;
  }

  private void close() {
    length += CLOSING;
    comma = true;
  }

  @Override
  public void name(byte[] octets, int offset, int length) {
    value(QUOTES + escaped(octets, offset, length) + 1);
    comma = false;
  }

  @Override
  public void string(byte[] octets, int offset, int length) {
    value((inSet ? QUOTES : TYPE) + escaped(octets, offset, length));
  }

  private static long escaped(byte[] utf8, int offset, int count) {
    long bytes = count;
    for (int i = offset; i < offset + count; i++) {
      byte b = utf8[i];
      if (b == '"' || b == '\\') {
        bytes += SHORT_ESCAPE;
      } else if (b >= 0 && b < ' ') {
        bytes +=
            switch (b) {
              case '\n', '\r', '\t', '\b', '\f' -> SHORT_ESCAPE;
              default -> LONG_ESCAPE;
            };
      }
    }
    return bytes;
  }

  @Override
  public void number(byte[] octets, int offset, int length) {
    value((inSet ? QUOTES : TYPE) + NumberCode.plainLength(octets, offset));
  }

  @Override
  public void binary(byte[] octets, int offset, int length) {
    value((inSet ? QUOTES : TYPE) + 4L * Math.ceilDiv(length, 3));
  }

  @Override
  public void bool(boolean value) {
    value(value ? TRUE : TRUE + 1);
  }

  @Override
  public void nothing() {
    value(TRUE);
  }

  @Override
  public void startList() {
    open(OPENING);
  }

  @Override
  public void endList() {
    close();
  }

  @Override
  public void startMap() {
    open(OPENING);
  }

  @Override
  public void endMap() {
    close();
  }

  @Override
  public void startSet(SetKind kind) {
    open(SET_OPENING);
    inSet = true;
  }

  @Override
  public void endSet() {
    inSet = false;
    close();
  }
}
