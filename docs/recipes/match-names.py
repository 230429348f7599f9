"""Match a list of names: which records they mean, in whatever spelling. Take those that match; look at the others."""

import json
import os

import httpx

API = os.environ.get("ARMSDB_URL", "http://127.0.0.1:8000") + "/api/v1"

NAMES = ["Rosoboroneksport", "Уралвагонзавод", "Almaz Antey JSC", "Zeppelin Works"]

queries = {f"q{at}": {"query": name, "type": "company"} for at, name in enumerate(NAMES)}
answer = httpx.post(f"{API}/reconcile/", data={"queries": json.dumps(queries)}).raise_for_status().json()
for at, name in enumerate(NAMES):
    found = answer[f"q{at}"]["result"]
    meant = "nothing" if not found else found[0]["id"] if found[0]["match"] else f"perhaps {found[0]['id']}"
    print(name, meant, sep="\t")
