#!/usr/bin/env python3
"""The unmodified boto3 against a Partita endpoint: tables and items as an application uses them.

Usage: boto3_smoke.py ENDPOINT   (credentials and region from the usual AWS_* variables)
Exits 0 if everything holds; prints what does not.
"""
import decimal
import sys
import uuid

import boto3
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

    try:
        client.query(TableName=name)
        print("query answers: extend this program")
    except ClientError as e:
        assert e.response["Error"]["Code"] in ("UnknownOperationException", "ValidationException")

    table.delete()
    table.wait_until_not_exists()
    print("boto3", boto3.__version__, "against", endpoint, "ok")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
