package dev.partita.model.expression;

import dev.partita.model.error.ExpressionTexts;
import dev.partita.model.error.ItemTexts;
import dev.partita.model.expression.Update.AddAction;
import dev.partita.model.expression.Update.DeleteAction;
import dev.partita.model.expression.Update.SetAction;
import dev.partita.model.key.PrimaryKey;
import dev.partita.model.value.AttributeValue;
import dev.partita.model.value.ItemSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Applies updates to items. Pure: the same update on the same item gives the same result.
///
/// All right-hand sides and all list indexes mean the item as it was. What an item may not become
/// (too large, nested too deep) is for the caller to check on the result; only what would be too
/// large to hold in memory is refused here.
public final class Updates {

  private Updates() {}

  /// What comes out.
  public sealed interface Result {

    /// @param newItem the whole item afterwards, key attributes included
    /// @param touchedOld partial documents of the touched paths before (`UPDATED_OLD`); empty if
    ///   nothing was there
    /// @param touchedNew the same paths afterwards (`UPDATED_NEW`), with DynamoDB's oddity that a
    ///   list index means the same number before and after: an element appended past the end is not
    ///   shown, and in the place of a removed one its successor is
    record Changed(
        Map<String, AttributeValue> newItem,
        Map<String, AttributeValue> touchedOld,
        Map<String, AttributeValue> touchedNew)
        implements Result {}

    /// The item does not allow this update.
    ///
    /// @param message text of the ValidationException
    record Invalid(String message) implements Result {}
  }

  /// @param update touches no key attribute, see {@link #keyAttributeIn}
  /// @param key gives the key attributes of an item that does not exist yet
  /// @param item null for none; not changed
  public static Result apply(
      Update update, PrimaryKey key, @Nullable Map<String, AttributeValue> item) {
    Map<String, AttributeValue> old = item == null ? Map.of() : item;
    // An item that does not exist has the attributes of its key for whatever reads it here.
    Map<String, AttributeValue> start = item == null ? attributes(key) : item;
    try {
      ChangeTree changes = new ChangeTree();
      Growth growth = new Growth();
      for (SetAction action : update.sets()) {
        changes.add(action.path(), _ -> growth.kept(UpdateValues.of(action.value(), start)));
      }
      for (Path path : update.removes()) {
        changes.add(path, _ -> null);
      }
      for (AddAction action : update.adds()) {
        changes.add(action.path(), present -> UpdateValues.add(present, action.value()));
      }
      for (DeleteAction action : update.deletes()) {
        changes.add(action.path(), present -> UpdateValues.subtract(present, action.value()));
      }
      Map<String, AttributeValue> changed = changes.applyTo(start);
      if (growth.isTooMuch()) {
        return new Result.Invalid(ItemTexts.TOO_LARGE_TO_UPDATE);
      }
      List<Path> touched = touched(update);
      return new Result.Changed(
          changed, Projections.project(touched, old), Projections.project(touched, changed));
    } catch (InvalidUpdateException e) {
      return new Result.Invalid(told(e.text(), update.origin()));
    }
  }

  private static String told(String text, Update.Origin origin) {
    return switch (origin) {
      case UPDATE_EXPRESSION -> text;
      case ATTRIBUTE_UPDATES ->
          text.equals(ExpressionTexts.WRONG_OPERAND_TYPE) ? ExpressionTexts.TYPE_MISMATCH : text;
    };
  }

  /// The first of the key attributes that the update would change, or null. The server refuses such
  /// an update with {@link ItemTexts#keyUpdate} before it looks at the item.
  ///
  /// @param rangeName null for a table with no sort key
  public static @Nullable String keyAttributeIn(
      Update update, String hashName, @Nullable String rangeName) {
    for (Path path : touched(update)) {
      if (path.root().equals(hashName) || path.root().equals(rangeName)) {
        return path.root();
      }
    }
    return null;
  }

  /// Counts elements of lists that SET actions make: all of them become part of the item, where
  /// each takes at least one byte. What comes behind the bound is evaluated for its errors, not
  /// kept.
  private static final class Growth {
    private long elements;

    AttributeValue kept(AttributeValue value) {
      elements += value instanceof AttributeValue.L list ? list.values().size() : 0;
      return isTooMuch() ? AttributeValue.Null.INSTANCE : value;
    }

    boolean isTooMuch() {
      return elements > ItemSize.MAX_ITEM_BYTES;
    }
  }

  private static List<Path> touched(Update update) {
    List<Path> paths = new ArrayList<>();
    update.sets().forEach(action -> paths.add(action.path()));
    paths.addAll(update.removes());
    update.adds().forEach(action -> paths.add(action.path()));
    update.deletes().forEach(action -> paths.add(action.path()));
    return paths;
  }

  private static Map<String, AttributeValue> attributes(PrimaryKey key) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put(key.hashName(), key.hash());
    if (key.rangeName() != null && key.range() != null) {
      attributes.put(key.rangeName(), key.range());
    }
    return attributes;
  }
}
