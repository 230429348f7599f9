#!/bin/sh
# A question as a table: CSV with every row, checked to be whole by the number that the answer tells.
set -eu
api="${ARMSDB_URL:-http://127.0.0.1:8000}/api/v1"

curl -sSf -D headers.txt -o transfers.csv "$api/transfers/?supplier=russia&recipient=myanmar&format=csv"
grep -i '^armsdb-' headers.txt | tr -d '\r'
head -n 1 transfers.csv | cut -d, -f1-2
