"""What is disputed, and who denies it."""

import os

import httpx

API = os.environ.get("ARMSDB_URL", "http://127.0.0.1:8000") + "/api/v1"

answer = httpx.get(f"{API}/transfers/", params={"evidence": "disputed", "page_size": 500}).raise_for_status().json()
for transfer in answer["results"]:
    print(transfer["name"])
    for passage in transfer["citations"]:
        if passage["stance"] != "supports":
            print(f"  {passage['stance']}: {passage['source']['name']}, {passage['locator']}")
