"""Ask again at no cost: send the tag of the answer that you have; 304 means that it is still right."""

import os

import httpx

API = os.environ.get("ARMSDB_URL", "http://127.0.0.1:8000") + "/api/v1"

address = f"{API}/transfers/?recipient=myanmar"
first = httpx.get(address).raise_for_status()
again = httpx.get(address, headers={"If-None-Match": first.headers["ETag"]})
print(again.status_code)
