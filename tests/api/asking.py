"""Asking the API, as a client that follows nothing by itself."""

from typing import Any

from django.test import Client

COLLECTIONS = (
    "countries",
    "organisations",
    "companies",
    "people",
    "equipment",
    "transfers",
    "figures",
    "sanctions",
    "events",
    "ownerships",
    "roles",
    "sources",
    "citations",
    "datasets",
)
FACTS = ("transfers", "figures", "sanctions", "events", "ownerships", "roles")
ROOT = "/api/v1/"


class Api:
    """A client whose addresses begin at the API's root."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(self, path: str, method: str = "GET", **headers: str) -> Any:
        """The answer to a request, whatever its status."""
        return self.client.generic(method, f"{ROOT}{path}", headers=headers)

    def json(self, path: str) -> Any:
        """The body of an answer that has to be 200."""
        response = self.ask(path)
        assert response.status_code == 200, f"{path}: {response.status_code} {response.content[:500]!r}"
        return response.json()

    def rows(self, path: str) -> list[Any]:
        """The rows of a list that has to be on one page."""
        answer = self.json(path)
        assert answer["next"] is None
        results: list[Any] = answer["results"]
        return results

    def ids(self, path: str) -> list[str]:
        return [row["id"] for row in self.rows(path)]

    def problem(self, path: str, status: int, method: str = "GET", **headers: str) -> Any:
        """The problem that a request has to meet, in the one shape that all have."""
        response = self.ask(path, method, **headers)
        assert response.status_code == status, f"{path}: {response.status_code} {response.content[:500]!r}"
        assert response["Content-Type"] == "application/problem+json"
        assert response["Access-Control-Allow-Origin"] == "*"
        if method == "HEAD":
            return None
        body = response.json()
        assert list(body) == ["type", "title", "status", "detail", "errors"]
        assert body["status"] == status
        assert body["detail"]
        assert all(list(error) == ["parameter", "detail"] for error in body["errors"])
        return body


def body(response: Any) -> bytes:
    return response.getvalue() if response.streaming else response.content


def file(api: Api, address: str) -> bytes:
    """The whole of a file."""
    response = api.ask(address)
    assert response.status_code == 200, response.content
    return body(response)
