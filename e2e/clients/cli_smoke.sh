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

# Collections: a batch, queries of the table and of its index, pages put together by the CLI.
many="$name-many"
ddb create-table --table-name "$many" --billing-mode PAY_PER_REQUEST \
  --attribute-definitions AttributeName=pk,AttributeType=S AttributeName=sk,AttributeType=N AttributeName=day,AttributeType=S \
  --key-schema AttributeName=pk,KeyType=HASH AttributeName=sk,KeyType=RANGE \
  --local-secondary-indexes '[{"IndexName":"byDay","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"day","KeyType":"RANGE"}],"Projection":{"ProjectionType":"KEYS_ONLY"}}]' >/dev/null
ddb wait table-exists --table-name "$many"
puts=
for i in $(seq 1 25); do
  puts="$puts${puts:+,}{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"p\"},\"sk\":{\"N\":\"$i\"},\"day\":{\"S\":\"d$((50 - i))\"}}}}"
done
expect '"UnprocessedItems": {}' ddb batch-write-item --request-items "{\"$many\":[$puts]}"
all() { # all COMMAND...: numbers of what it finds, in order
  ddb "$@" --consistent-read --query 'Items[].sk.N' | tr -cd '0-9\n'
}
same() { # same WANTED GOT
  [ "$(echo $1)" = "$(echo $2)" ] || { printf 'expected %s\nbut got %s\n' "$1" "$2" >&2; exit 1; }
}
query=(query --table-name "$many" --key-condition-expression 'pk = :p' --expression-attribute-values '{":p":{"S":"p"}}')
same "$(seq 1 25)" "$(all "${query[@]}")"
same "$(seq 1 25)" "$(all "${query[@]}" --page-size 4)"
same "$(seq 25 -1 1)" "$(all "${query[@]}" --no-scan-index-forward)"
same "$(seq 25 -1 1)" "$(all "${query[@]}" --index-name byDay)"
same "1 2 3" "$(all "${query[@]}" --max-items 3)"
expect '"Count": 25' ddb scan --table-name "$many" --select COUNT --page-size 7 --consistent-read
expect '"d48"' ddb batch-get-item --request-items "{\"$many\":{\"Keys\":[{\"pk\":{\"S\":\"p\"},\"sk\":{\"N\":\"2\"}}],\"ConsistentRead\":true}}"
arn=$(ddb describe-table --table-name "$many" --query Table.TableArn | tr -d '"')
ddb tag-resource --resource-arn "$arn" --tags Key=team,Value=red
expect '"red"' ddb list-tags-of-resource --resource-arn "$arn"
ddb update-time-to-live --table-name "$many" --time-to-live-specification Enabled=true,AttributeName=exp >/dev/null
expect '"exp"' ddb describe-time-to-live --table-name "$many"
ddb delete-table --table-name "$many" >/dev/null
ddb wait table-not-exists --table-name "$many"

if "$aws" dynamodb update-table help 2>&1 | grep -q deletion-protection; then # not in the CLI of early 2023
  ddb update-table --table-name "$name" --deletion-protection-enabled >/dev/null
  expect 'protected against deletion' ddb delete-table --table-name "$name"
  ddb update-table --table-name "$name" --no-deletion-protection-enabled >/dev/null
fi
ddb delete-table --table-name "$name" >/dev/null
ddb wait table-not-exists --table-name "$name"
echo "$("$aws" --version 2>&1 | head -1) against $endpoint ok"
