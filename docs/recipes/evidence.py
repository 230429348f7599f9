"""The evidence of one fact: every passage that tells of it, and whether it supports, denies or questions it."""

import os

import httpx

API = os.environ.get("ARMSDB_URL", "http://127.0.0.1:8000") + "/api/v1"

transfer = httpx.get(f"{API}/transfers/articles-t44/").raise_for_status().json()
print(transfer["name"])
print(f"{transfer['evidence']}: {transfer['evidence_reason']}")
for passage in transfer["citations"]:
    print(passage["stance"], f"{passage['source']['name']}, {passage['locator']}", passage["page"], sep="\t")
