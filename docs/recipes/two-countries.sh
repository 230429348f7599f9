#!/bin/sh
# Two countries: what each supplied to the other, and how much of it is dated.
set -eu
api="${ARMSDB_URL:-http://127.0.0.1:8000}/api/v1"

curl -sSf "$api/relations/russia/myanmar/" |
    jq -r '.supplied[] | "\(.supplier.name) to \(.recipient.name): \(.transfers) transfers, \(.undated) without a date"'
