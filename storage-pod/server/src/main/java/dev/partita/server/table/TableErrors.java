package dev.partita.server.table;

import dev.partita.cluster.TableLookup;
import dev.partita.cluster.TableOutcome;
import dev.partita.model.error.ApiException;
import dev.partita.model.error.ErrorType;
import dev.partita.model.error.TableTexts;
import dev.partita.model.table.TableRecord;
import dev.partita.model.table.TableRecord.TableStatus;

/// What a client is told when a table operation does not do what it asked for.
final class TableErrors {
  private TableErrors() {}

  /// The record of an outcome that is good.
  ///
  /// @throws ApiException for every other
  static TableRecord recordOf(String name, TableOutcome outcome) {
    return switch (outcome) {
      case TableOutcome.Done(TableRecord table) -> table;
      case TableOutcome.NotFound _ -> throw notFound(name);
      case TableOutcome.AlreadyExists _ ->
          throw new ApiException(ErrorType.RESOURCE_IN_USE, TableTexts.exists(name));
      case TableOutcome.InUse(TableStatus status) -> throw inUse(name, status);
      case TableOutcome.Protected _ -> throw ApiException.validation(TableTexts.PROTECTED);
      case TableOutcome.Changed _ -> throw inUse(name, TableStatus.UPDATING);
      case TableOutcome.LimitExceeded(String message) ->
          throw new ApiException(ErrorType.LIMIT_EXCEEDED, message);
      case TableOutcome.Unavailable(String reason) ->
          throw new ApiException(ErrorType.SERVICE_UNAVAILABLE, reason);
    };
  }

  /// The record of a table that exists, in whatever status.
  ///
  /// @throws ApiException where there is none, or nobody knows
  static TableRecord existing(String name, TableLookup lookup) {
    return switch (lookup) {
      case TableLookup.Found(TableRecord table) -> table;
      case TableLookup.Missing _ -> throw notFound(name);
      case TableLookup.Unavailable(String reason) ->
          throw new ApiException(ErrorType.SERVICE_UNAVAILABLE, reason);
    };
  }

  static ApiException notFound(String name) {
    return new ApiException(ErrorType.RESOURCE_NOT_FOUND, TableTexts.notFound(name));
  }

  static ApiException inUse(String name, TableStatus status) {
    String what =
        switch (status) {
          case CREATING -> "created";
          case DELETING -> "deleted";
          case UPDATING, ACTIVE -> "updated";
        };
    return new ApiException(ErrorType.RESOURCE_IN_USE, TableTexts.inUse(what, name));
  }
}
