#!/usr/bin/env bash
# The AWS CLI against a Partita endpoint. Usage: cli_smoke.sh ENDPOINT
# Credentials and region come from the usual AWS_* variables; AWS names another binary than `aws`.
set -euo pipefail
endpoint=${1:?usage: cli_smoke.sh ENDPOINT}
aws=${AWS:-aws}
name="cli-$$-$RANDOM"
ddb() { "$aws" dynamodb "$@" --endpoint-url "$endpoint" --output json; }
expect() { # expect TEXT COMMAND...: the output must contain TEXT
  local want=$1 got
  shift
  got=$("$@" 2>&1) || true
  case $got in
    *"$want"*) ;;
    *) printf 'expected %s\nin the output of %s:\n%s\n' "$want" "$*" "$got" >&2; exit 1 ;;
  esac
}
ddb create-table --table-name "$name" --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=pk,AttributeType=S \
  --key-schema AttributeName=pk,KeyType=HASH >/dev/null
ddb wait table-exists --table-name "$name"
expect "$name" ddb list-tables
expect '"TableStatus": "ACTIVE"' ddb describe-table --table-name "$name"
ddb put-item --table-name "$name" --item '{"pk":{"S":"a"},"n":{"N":"1"}}'
expect '"N": "1"' ddb get-item --table-name "$name" --key '{"pk":{"S":"a"}}' --consistent-read
expect '"N": "3"' ddb update-item --table-name "$name" --key '{"pk":{"S":"a"}}' \
  --update-expression 'ADD n :two' --expression-attribute-values '{":two":{"N":"2"}}' --return-values UPDATED_NEW
expect 'The conditional request failed' ddb put-item --table-name "$name" --item '{"pk":{"S":"a"}}' \
  --condition-expression 'attribute_not_exists(pk)'
expect '"N": "3"' ddb delete-item --table-name "$name" --key '{"pk":{"S":"a"}}' --return-values ALL_OLD
if "$aws" dynamodb update-table help 2>&1 | grep -q deletion-protection; then # not in the CLI of early 2023
  ddb update-table --table-name "$name" --deletion-protection-enabled >/dev/null
  expect 'protected against deletion' ddb delete-table --table-name "$name"
  ddb update-table --table-name "$name" --no-deletion-protection-enabled >/dev/null
fi
ddb delete-table --table-name "$name" >/dev/null
ddb wait table-not-exists --table-name "$name"
echo "$("$aws" --version 2>&1 | head -1) against $endpoint ok"
