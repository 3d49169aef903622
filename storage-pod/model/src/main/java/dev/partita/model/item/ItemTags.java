package dev.partita.model.item;

/// The codes of the item format. They never change; a new one means a new version.
final class ItemTags {
  static final int VERSION = 1;

  static final int END = 0x00;
  static final int STRING = 0x01;
  static final int NUMBER = 0x02;
  static final int BINARY = 0x03;
  static final int FALSE = 0x04;
  static final int TRUE = 0x05;
  static final int NULL = 0x06;
  static final int LIST = 0x07;
  static final int MAP = 0x08;
  static final int STRING_SET = 0x09;
  static final int NUMBER_SET = 0x0A;
  static final int BINARY_SET = 0x0B;

  private ItemTags() {}
}
