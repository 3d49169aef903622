package dev.partita.server.json;

/// Table names in requests: a plain name, or the table's ARN.
public final class TableNames {

  /// As printed in error texts.
  public static final String PATTERN = "[a-zA-Z0-9_.-]+";

  /// Shortest name of a table or index, in characters.
  public static final int MIN_LENGTH = 3;

  /// Longest name of a table or index, in characters.
  public static final int MAX_LENGTH = 255;

  /// Longest ARN of a table, in characters.
  public static final int MAX_ARN_LENGTH = 1024;

  private static final String ARN_PREFIX = "arn:";
  private static final String RESOURCE = ":table/";

  private TableNames() {}

  /// The plain name: of an ARN, what follows `:table/`.
  public static String plain(String nameOrArn) {
    if (!nameOrArn.startsWith(ARN_PREFIX)) {
      return nameOrArn;
    }
    int resource = nameOrArn.indexOf(RESOURCE);
    return resource < 0 ? nameOrArn : nameOrArn.substring(resource + RESOURCE.length());
  }

  /// Whether the plain name has no other characters than a table's name may have.
  static boolean hasValidCharacters(String nameOrArn) {
    return areValid(plain(nameOrArn));
  }

  /// Whether it is no ARN, is not empty, and has no other characters than a table's name may have.
  public static boolean isPlainName(String name) {
    return !name.isEmpty() && areValid(name);
  }

  private static boolean areValid(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean valid =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '.'
              || c == '-';
      if (!valid) {
        return false;
      }
    }
    return true;
  }

  /// An empty name is refused by another constraint.
  static boolean isLongEnough(String nameOrArn) {
    return nameOrArn.isEmpty() || plain(nameOrArn).length() >= MIN_LENGTH;
  }

  /// A name beyond an ARN's length is refused by another constraint.
  static boolean isShortEnough(String nameOrArn) {
    return nameOrArn.length() > MAX_ARN_LENGTH || plain(nameOrArn).length() <= MAX_LENGTH;
  }
}
