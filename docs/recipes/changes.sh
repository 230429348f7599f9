#!/bin/sh
# What changed since the last time: keep the cursor of each answer, and ask with it the next time.
set -eu
api="${ARMSDB_URL:-http://127.0.0.1:8000}/api/v1"

kept="${CURSOR_FILE:-armsdb-cursor}"
[ -s "$kept" ] || curl -sSf "$api/changes/" | jq -r .cursor > "$kept"
next="$api/changes/?since=$(cat "$kept")"
while [ "$next" != null ]; do
    answer=$(curl -sSf "$next")
    echo "$answer" | jq -r '.results[] | "\(.state)\t\(.type)\t\(.id // "many")\t\(.url)"'
    echo "$answer" | jq -r .cursor > "$kept"
    next=$(echo "$answer" | jq -r .next)
done
echo "known until $(cat "$kept")"
