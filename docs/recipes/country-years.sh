#!/bin/sh
# What a country sent, year by year. What is of several years stands under its span, undivided.
set -eu
api="${ARMSDB_URL:-http://127.0.0.1:8000}/api/v1"

curl -sSf "$api/transfers/summary/?supplier=russia&group_by=year,recipient" |
    jq -r '.results[] | [.year // .span // "no year", .recipient.name // "not known", .transfers] | @tsv'
