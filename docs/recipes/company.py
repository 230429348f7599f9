"""All transfers in which a company takes part, page by page: a cursor walks any list, each row once."""

import os

import httpx

API = os.environ.get("ARMSDB_URL", "http://127.0.0.1:8000") + "/api/v1"

asked = {"company": "rosoboronexport", "cursor": "", "page_size": 500, "fields": "id,name,evidence"}
address: str | None = str(httpx.URL(f"{API}/transfers/", params=asked))
while address:
    page = httpx.get(address).raise_for_status().json()
    for transfer in page["results"]:
        print(transfer["id"], transfer["evidence"], transfer["name"], sep="\t")
    address = page["next"]
