"""A question as a table: CSV with every row, checked to be whole by the number that the answer tells."""

import io
import os

import httpx
import pandas as pd

API = os.environ.get("ARMSDB_URL", "http://127.0.0.1:8000") + "/api/v1"

answer = httpx.get(f"{API}/transfers/", params={"supplier": "russia", "recipient": "myanmar", "format": "csv"})
table = pd.read_csv(io.BytesIO(answer.raise_for_status().content))
assert len(table) == int(answer.headers["ArmsDB-Rows"]), "the file is not whole"
print(f"ArmsDB-Rows: {len(table)}")
print(table[["id", "name"]].head())
