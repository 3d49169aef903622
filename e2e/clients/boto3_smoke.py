#!/usr/bin/env python3
"""The unmodified boto3 against a Partita endpoint: its resource layer with batch_writer, and paginators.

Usage: boto3_smoke.py ENDPOINT   (credentials and region from the usual AWS_* variables)
Exits 0 if everything holds; prints what does not.
"""
import decimal
import sys
import uuid

import boto3
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError


def main(endpoint):
    dynamodb = boto3.resource("dynamodb", endpoint_url=endpoint)
    client = dynamodb.meta.client
    name = "boto3-" + uuid.uuid4().hex[:8]
    table = dynamodb.create_table(
        TableName=name,
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "N"},
        ],
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    table.wait_until_exists()
    assert name in client.list_tables()["TableNames"]

    item = {
        "pk": "ann",
        "sk": 1,
        "total": decimal.Decimal("12.50"),
        "tags": {"a", "b"},
        "raw": b"\x00\xff",
        "nested": {"list": [1, "two", None, True]},
    }
    table.put_item(Item=item)
    got = table.get_item(Key={"pk": "ann", "sk": 1}, ConsistentRead=True)["Item"]
    assert got["total"] == decimal.Decimal("12.5") and got["tags"] == {"a", "b"}, got
    assert got["raw"].value == b"\x00\xff" and got["nested"] == item["nested"], got

    new = table.update_item(
        Key={"pk": "ann", "sk": 1},
        UpdateExpression="SET nested.#l[1] = :x ADD visits :one",
        ExpressionAttributeNames={"#l": "list"},
        ExpressionAttributeValues={":x": "2", ":one": 1},
        ReturnValues="ALL_NEW",
    )["Attributes"]
    assert new["nested"]["list"][1] == "2" and new["visits"] == 1, new

    try:
        table.put_item(Item={"pk": "ann", "sk": 1}, ConditionExpression="attribute_not_exists(pk)")
        raise AssertionError("the condition should have failed")
    except ClientError as e:
        assert e.response["Error"]["Code"] == "ConditionalCheckFailedException", e.response

    old = table.delete_item(Key={"pk": "ann", "sk": 1}, ReturnValues="ALL_OLD")["Attributes"]
    assert old["visits"] == 1
    assert "Item" not in table.get_item(Key={"pk": "ann", "sk": 1})

    table.delete()
    table.wait_until_not_exists()
    collections(dynamodb)
    print("boto3", boto3.__version__, "against", endpoint, "ok")


def collections(dynamodb):
    """Batches, queries, scans, a local secondary index, and the client's paginators."""
    client = dynamodb.meta.client
    name = "boto3-" + uuid.uuid4().hex[:8]
    table = dynamodb.create_table(
        TableName=name,
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "N"},
            {"AttributeName": "day", "AttributeType": "S"},
        ],
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        LocalSecondaryIndexes=[
            {
                "IndexName": "byDay",
                "KeySchema": [
                    {"AttributeName": "pk", "KeyType": "HASH"},
                    {"AttributeName": "day", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    table.wait_until_exists()

    # Sixty items in batches of 25; the writer drops the second of two with one key.
    with table.batch_writer(overwrite_by_pkeys=["pk", "sk"]) as batch:
        for i in range(60):
            batch.put_item(Item={"pk": "p", "sk": i, "day": "d%02d" % (60 - i), "n": i, "pad": "x" * 500})
        batch.put_item(Item={"pk": "p", "sk": 0, "day": "d60", "n": 0, "pad": ""})
    with table.batch_writer() as batch:
        batch.delete_item(Key={"pk": "p", "sk": 59})

    everything = table.query(KeyConditionExpression=Key("pk").eq("p"), ConsistentRead=True)
    assert [int(i["sk"]) for i in everything["Items"]] == list(range(59)), everything["Count"]
    some = table.query(
        KeyConditionExpression=Key("pk").eq("p") & Key("sk").between(10, 20),
        FilterExpression=Attr("n").gt(12) & Attr("pad").begins_with("x"),
        ScanIndexForward=False,
        ConsistentRead=True,
    )
    assert [int(i["n"]) for i in some["Items"]] == list(range(20, 12, -1)), some
    assert (some["Count"], some["ScannedCount"]) == (8, 11), some
    index = table.query(
        IndexName="byDay",
        KeyConditionExpression=Key("pk").eq("p") & Key("day").lt("d05"),
        ConsistentRead=True,
    )
    assert [i["day"] for i in index["Items"]] == ["d02", "d03", "d04"], index
    assert set(index["Items"][0]) == {"pk", "sk", "day"}, index

    pages = list(
        client.get_paginator("query").paginate(
            TableName=name,
            KeyConditionExpression=Key("pk").eq("p"),
            ConsistentRead=True,
            PaginationConfig={"PageSize": 10},
        )
    )
    assert sum(p["Count"] for p in pages) == 59 and len(pages) == 6, len(pages)
    scanned = client.get_paginator("scan").paginate(TableName=name, ConsistentRead=True, Limit=7)
    assert sum(len(p["Items"]) for p in scanned) == 59
    tables = client.get_paginator("list_tables").paginate(PaginationConfig={"PageSize": 1})
    assert name in [t for p in tables for t in p["TableNames"]]

    got = dynamodb.batch_get_item(
        RequestItems={name: {"Keys": [{"pk": "p", "sk": i} for i in range(5)], "ConsistentRead": True}}
    )
    assert len(got["Responses"][name]) == 5 and got["UnprocessedKeys"] == {}, got

    arn = table.table_arn
    client.tag_resource(ResourceArn=arn, Tags=[{"Key": "team", "Value": "red"}])
    tags = client.get_paginator("list_tags_of_resource").paginate(ResourceArn=arn)
    assert [t for p in tags for t in p["Tags"]] == [{"Key": "team", "Value": "red"}]
    client.update_time_to_live(
        TableName=name, TimeToLiveSpecification={"AttributeName": "exp", "Enabled": True}
    )
    ttl = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    assert ttl["AttributeName"] == "exp", ttl

    table.delete()
    table.wait_until_not_exists()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
