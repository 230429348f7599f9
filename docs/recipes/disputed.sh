#!/bin/sh
# What is disputed, and who denies it.
set -eu
api="${ARMSDB_URL:-http://127.0.0.1:8000}/api/v1"

curl -sSf "$api/transfers/?evidence=disputed&page_size=500" | jq -r '
    .results[] | .name, (.citations[] | select(.stance != "supports") | "  \(.stance): \(.source.name), \(.locator)")'
