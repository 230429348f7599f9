#!/bin/sh
# Match a list of names: which records they mean, in whatever spelling. Take those that match; look at the others.
set -eu
api="${ARMSDB_URL:-http://127.0.0.1:8000}/api/v1"

names='["Rosoboroneksport", "Уралвагонзавод", "Almaz Antey JSC", "Zeppelin Works"]'
queries=$(echo "$names" | jq -c 'to_entries | map({key: "q\(.key)", value: {query: .value, type: "company"}}) | from_entries')
curl -sSf "$api/reconcile/" --data-urlencode "queries=$queries" | jq -r --argjson names "$names" '
    to_entries[] | $names[.key[1:] | tonumber] as $name | .value.result[0] |
    "\($name)\t\(if .match then .id elif . then "perhaps " + .id else "nothing" end)"'
