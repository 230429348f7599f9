"""What changed since the last time: keep the cursor of each answer, and ask with it the next time."""

import os
from pathlib import Path

import httpx

API = os.environ.get("ARMSDB_URL", "http://127.0.0.1:8000") + "/api/v1"

kept = Path(os.environ.get("CURSOR_FILE", "armsdb-cursor"))
if not kept.exists():
    kept.write_text(httpx.get(f"{API}/changes/").raise_for_status().json()["cursor"])
address: str | None = f"{API}/changes/?since={kept.read_text().strip()}"
while address:
    answer = httpx.get(address).raise_for_status().json()
    for change in answer["results"]:
        print(change["state"], change["type"], change["id"] or "many", change["url"], sep="\t")
    kept.write_text(answer["cursor"])
    address = answer["next"]
print("known until", kept.read_text().strip())
