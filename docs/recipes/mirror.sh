#!/bin/sh
# Mirror everything: first the cursor of now, then every list whole as JSON lines; from then on follow the changes.
set -eu
api="${ARMSDB_URL:-http://127.0.0.1:8000}/api/v1"

folder="${MIRROR:-armsdb-mirror}"
mkdir -p "$folder"
curl -sSf "$api/changes/" | jq -r .cursor > "$folder/cursor"
for kind in countries organisations people equipment transfers figures sanctions events ownerships roles sources \
    citations datasets; do
    curl -sSf "$api/$kind/?format=jsonl" > "$folder/$kind.jsonl"
    echo "$kind $(wc -l < "$folder/$kind.jsonl" | tr -d ' ')"
done
