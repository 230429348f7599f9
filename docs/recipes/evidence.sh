#!/bin/sh
# The evidence of one fact: every passage that tells of it, and whether it supports, denies or questions it.
set -eu
api="${ARMSDB_URL:-http://127.0.0.1:8000}/api/v1"

curl -sSf "$api/transfers/articles-t44/" | jq -r '
    .name, "\(.evidence): \(.evidence_reason)",
    (.citations[] | "\(.stance)\t\(.source.name), \(.locator)\t\(.page)")'
