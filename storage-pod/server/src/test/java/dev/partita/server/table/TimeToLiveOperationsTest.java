package dev.partita.server.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.model.table.TableRecord.TableStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimeToLiveOperationsTest {

  private static final String INVALID = "ValidationException: ";

  private final MemoryTables tables = new MemoryTables();
  private final Calls calls = new Calls(tables);

  @BeforeEach
  void make() {
    tables.quick = true;
    assertThat(
            calls.ok(
                "CreateTable",
                "{'TableName':'orders','BillingMode':'PAY_PER_REQUEST',"
                    + "'AttributeDefinitions':[{'AttributeName':'a','AttributeType':'S'}],"
                    + "'KeySchema':[{'AttributeName':'a','KeyType':'HASH'}]}"))
        .contains("orders");
  }

  @Test
  void a_table_starts_without_and_tells_what_it_was_given() {
    assertThat(describe())
        .isEqualTo("{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"DISABLED\"}}");
    assertThat(calls.ok("UpdateTimeToLive", specification(true, "ttl")))
        .isEqualTo("{\"TimeToLiveSpecification\":{\"Enabled\":true,\"AttributeName\":\"ttl\"}}");
    assertThat(describe())
        .isEqualTo(
            "{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"ENABLED\","
                + "\"AttributeName\":\"ttl\"}}");
    assertThat(calls.ok("UpdateTimeToLive", specification(false, "ttl")))
        .isEqualTo("{\"TimeToLiveSpecification\":{\"Enabled\":false,\"AttributeName\":\"ttl\"}}");
    assertThat(describe()).contains("DISABLED").doesNotContain("AttributeName");
  }

  @Test
  void what_is_so_already_and_another_attribute_are_refused() {
    assertThat(calls.error("UpdateTimeToLive", specification(false, "ttl")))
        .isEqualTo(INVALID + "TimeToLive is already disabled");
    assertThat(calls.ok("UpdateTimeToLive", specification(true, "ttl"))).contains("true");
    assertThat(calls.error("UpdateTimeToLive", specification(true, "ttl")))
        .isEqualTo(INVALID + "TimeToLive is already enabled");
    for (boolean enabled : new boolean[] {true, false}) {
      assertThat(calls.error("UpdateTimeToLive", specification(enabled, "other")))
          .isEqualTo(
              INVALID
                  + "TimeToLive is active on a different AttributeName: current AttributeName is"
                  + " ttl");
    }
  }

  @Test
  void the_specification_must_be_whole() {
    assertThat(calls.error("UpdateTimeToLive", "{'TableName':'orders'}"))
        .isEqualTo(
            INVALID
                + "1 validation error detected: Value null at 'timeToLiveSpecification' failed to"
                + " satisfy constraint: Member must not be null");
    assertThat(
            calls.error("UpdateTimeToLive", "{'TableName':'orders','TimeToLiveSpecification':{}}"))
        .isEqualTo(
            INVALID
                + "2 validation errors detected: Value null at 'timeToLiveSpecification.enabled'"
                + " failed to satisfy constraint: Member must not be null; Value null at"
                + " 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member"
                + " must not be null");
    assertThat(calls.error("UpdateTimeToLive", specification(true, "")))
        .contains("Member must have length greater than or equal to 1");
    assertThat(calls.error("UpdateTimeToLive", specification(true, "x".repeat(256))))
        .contains("Member must have length less than or equal to 255");
  }

  @Test
  void only_a_table_that_is_there_has_a_time_to_live() {
    tables.put("orders", TableStatus.CREATING);
    assertThat(calls.error("DescribeTimeToLive", "{'TableName':'orders'}"))
        .isEqualTo(
            INVALID
                + "Cannot describe time to live while table is in CREATING state: Current table"
                + " state is CREATING");
    assertThat(calls.error("UpdateTimeToLive", specification(true, "ttl")))
        .startsWith("ResourceInUseException: ");
    String notFound =
        "ResourceNotFoundException: Requested resource not found: Table: nothing not found";
    assertThat(calls.error("DescribeTimeToLive", "{'TableName':'nothing'}")).isEqualTo(notFound);
    assertThat(
            calls.error(
                "UpdateTimeToLive",
                "{'TableName':'nothing',"
                    + "'TimeToLiveSpecification':{'Enabled':true,'AttributeName':'x'}}"))
        .isEqualTo(notFound);
  }

  private String describe() {
    return calls.ok("DescribeTimeToLive", "{'TableName':'orders'}");
  }

  private static String specification(boolean enabled, String attribute) {
    return "{'TableName':'orders','TimeToLiveSpecification':{'Enabled':"
        + enabled
        + ",'AttributeName':'"
        + attribute
        + "'}}";
  }
}
