package dev.partita.model.item;

/// Feeds what a walk tells into a writer.
final class Recorder implements ItemVisitor {
  private final ItemWriter writer;

  Recorder(ItemWriter writer) {
    this.writer = writer;
  }

  @Override
  public void name(byte[] octets, int offset, int length) {
    writer.name(octets, offset, length);
  }

  @Override
  public void string(byte[] octets, int offset, int length) {
    writer.string(octets, offset, length);
  }

  @Override
  public void number(byte[] octets, int offset, int length) {
    writer.number(dev.partita.model.value.DynamoNumber.ofCode(octets, offset, length));
  }

  @Override
  public void binary(byte[] octets, int offset, int length) {
    writer.binary(octets, offset, length);
  }

  @Override
  public void bool(boolean value) {
    writer.bool(value);
  }

  @Override
  public void nothing() {
    writer.nothing();
  }

  @Override
  public void startList() {
    writer.startList();
  }

  @Override
  public void endList() {
    writer.endList();
  }

  @Override
  public void startMap() {
    writer.startMap();
  }

  @Override
  public void endMap() {
    writer.endMap();
  }

  @Override
  public void startSet(SetKind kind) {
    writer.startSet(kind);
  }

  @Override
  public void endSet() {
    writer.endSet();
  }
}
