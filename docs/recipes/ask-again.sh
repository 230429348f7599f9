#!/bin/sh
# Ask again at no cost: send the tag of the answer that you have; 304 means that it is still right.
set -eu
api="${ARMSDB_URL:-http://127.0.0.1:8000}/api/v1"

address="$api/transfers/?recipient=myanmar"
tag=$(curl -sSf -o answer.json -w '%header{etag}' "$address")
curl -sS -o /dev/null -w '%{http_code}\n' -H "If-None-Match: $tag" "$address"
