"""Two countries: what each supplied to the other, and how much of it is dated."""

import os

import httpx

API = os.environ.get("ARMSDB_URL", "http://127.0.0.1:8000") + "/api/v1"

relation = httpx.get(f"{API}/relations/russia/myanmar/").raise_for_status().json()
for way in relation["supplied"]:
    told = f"{way['transfers']} transfers, {way['undated']} without a date"
    print(f"{way['supplier']['name']} to {way['recipient']['name']}: {told}")
