"""Mirror everything: first the cursor of now, then every list whole as JSON lines; from then on follow the changes."""

import os
from pathlib import Path

import httpx

API = os.environ.get("ARMSDB_URL", "http://127.0.0.1:8000") + "/api/v1"

KINDS = ["countries", "organisations", "people", "equipment", "transfers", "figures", "sanctions", "events"]
KINDS += ["ownerships", "roles", "sources", "citations", "datasets"]

folder = Path(os.environ.get("MIRROR", "armsdb-mirror"))
folder.mkdir(exist_ok=True)
(folder / "cursor").write_text(httpx.get(f"{API}/changes/").raise_for_status().json()["cursor"])
for kind in KINDS:
    with httpx.stream("GET", f"{API}/{kind}/", params={"format": "jsonl"}) as answer:
        answer.raise_for_status()
        lines = 0
        with (folder / f"{kind}.jsonl").open("w") as file:
            for line in answer.iter_lines():
                file.write(line + "\n")
                lines += 1
        assert lines == int(answer.headers["ArmsDB-Rows"]), f"{kind} is not whole"
    print(kind, lines)
