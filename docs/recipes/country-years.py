"""What a country sent, year by year. What is of several years stands under its span, undivided."""

import os

import httpx
import pandas as pd

API = os.environ.get("ARMSDB_URL", "http://127.0.0.1:8000") + "/api/v1"

answer = httpx.get(f"{API}/transfers/summary/", params={"supplier": "russia", "group_by": "year,recipient"})
rows = answer.raise_for_status().json()["results"]
table = pd.DataFrame(
    {
        "year": [row["year"] or row["span"] or "no year" for row in rows],
        "recipient": [row["recipient"]["name"] if row["recipient"] else "not known" for row in rows],
        "transfers": [row["transfers"] for row in rows],
    }
)
print(table.pivot_table(index="year", columns="recipient", values="transfers", aggfunc="sum", fill_value=0))
