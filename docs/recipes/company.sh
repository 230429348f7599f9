#!/bin/sh
# All transfers in which a company takes part, page by page: a cursor walks any list, each row once.
set -eu
api="${ARMSDB_URL:-http://127.0.0.1:8000}/api/v1"

next="$api/transfers/?company=rosoboronexport&cursor=&page_size=500&fields=id,name,evidence"
while [ "$next" != null ]; do
    page=$(curl -sSf "$next")
    echo "$page" | jq -r '.results[] | "\(.id)\t\(.evidence)\t\(.name)"'
    next=$(echo "$page" | jq -r .next)
done
