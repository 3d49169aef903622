package dev.partita.clients.enhanced;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbVersionAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSecondarySortKey;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbSortKey;

/// An annotated bean: keys, a local index by day, a version that guards against lost updates.
@DynamoDbBean
public final class Order {

  static final String BY_DAY = "byDay";

  private @Nullable String customer;
  private @Nullable Integer number;
  private @Nullable String day;
  private @Nullable Double total;
  private @Nullable Instant placed;
  private @Nullable List<String> lines;
  private @Nullable Long version;

  @DynamoDbPartitionKey
  public @Nullable String getCustomer() {
    return customer;
  }

  public void setCustomer(@Nullable String customer) {
    this.customer = customer;
  }

  @DynamoDbSortKey
  public @Nullable Integer getNumber() {
    return number;
  }

  public void setNumber(@Nullable Integer number) {
    this.number = number;
  }

  @DynamoDbSecondarySortKey(indexNames = BY_DAY)
  public @Nullable String getDay() {
    return day;
  }

  public void setDay(@Nullable String day) {
    this.day = day;
  }

  public @Nullable Double getTotal() {
    return total;
  }

  public void setTotal(@Nullable Double total) {
    this.total = total;
  }

  public @Nullable Instant getPlaced() {
    return placed;
  }

  public void setPlaced(@Nullable Instant placed) {
    this.placed = placed;
  }

  public @Nullable List<String> getLines() {
    return lines;
  }

  public void setLines(@Nullable List<String> lines) {
    this.lines = lines;
  }

  @DynamoDbVersionAttribute
  public @Nullable Long getVersion() {
    return version;
  }

  public void setVersion(@Nullable Long version) {
    this.version = version;
  }
}
