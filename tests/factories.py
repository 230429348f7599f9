"""Small plain records of every kind, published or draft, made as the desk makes them: through the actions.

Their ids begin with “test-”, so that they stand beside the seed; what they name is made with them.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from armsdb import actions
from armsdb.models import (
    Citation,
    Country,
    Dataset,
    Equipment,
    Event,
    Fact,
    Figure,
    Organisation,
    Ownership,
    Person,
    Record,
    Role,
    Sanction,
    Source,
    Transfer,
)

REASON = "For a test."
#: How a citation is made where a test says no more.
PASSAGE: Mapping[str, Any] = {"locator": "1", "basis": "reporting"}


def make(
    model: type[Record],
    public_id: str,
    *,
    published: bool = True,
    parts: Mapping[str, Iterable[Mapping[str, Any]]] | None = None,
    citations: Iterable[Mapping[str, Any]] = (),
    **values: Any,
) -> Any:
    """A record with its parts and citations; published unless told otherwise."""
    record, _ = actions.put(model=model, public_id=public_id, values=values, parts=parts, reason=REASON)
    for citation in citations:
        cite(record, **citation)
    return actions.publish(record=record, reason=REASON) if published else record


def cite(fact: Fact, *, number: int | None = None, **values: Any) -> Citation:
    """A citation of a fact, from the article of the tests where no other source is given."""
    values = {**PASSAGE, **values}
    values.setdefault("source", article())
    citation, _ = actions.cite(fact=fact, values=values, number=number, reason=REASON)
    return citation


def country(name: str = "Testland", **values: Any) -> Country:
    return _entity(Country, name, values)


def organisation(name: str = "Test Works", *, kind: str = "company", **values: Any) -> Organisation:
    return _entity(Organisation, name, {"kind": kind, **values})


def person(name: str = "Test Person", **values: Any) -> Person:
    return _entity(Person, name, values)


def equipment(name: str = "Test-1", *, category: str = "battle-tanks", **values: Any) -> Equipment:
    return _entity(Equipment, name, {"category": category, **values})


def newsroom() -> Organisation:
    return organisation("Test Times", kind="news-outlet")


def article(name: str = "Test article", *, kind: str = "news-article", **values: Any) -> Source:
    values.setdefault("publisher", newsroom())
    return _entity(Source, name, {"kind": kind, **values})


def dataset(name: str = "Tests", **values: Any) -> Dataset:
    return _entity(Dataset, name, {"licence": "none", "terms": "open", **values})


def transfer(key: str = "T1", **values: Any) -> Transfer:
    if "equipment" not in values:
        values["equipment"] = equipment()
    for side, name in (("supplier", "Testland"), ("recipient", "Otherland")):
        if f"{side}_known" not in values and side not in values:
            values[side] = country(name)
    return _fact(Transfer, key, values)


def figure(key: str = "F1", **values: Any) -> Figure:
    parts = {"about": [{"country": country()}]}
    return _fact(Figure, key, {"name": "A test figure", "statement": "So many.", "parts": parts, **values})


def sanction(key: str = "S1", **values: Any) -> Sanction:
    parts = {"imposed_by": [{"country": country()}], "targets": [{"organisation": organisation()}]}
    return _fact(Sanction, key, {"name": "A test sanction", "statement": "No arms.", "parts": parts, **values})


def event(key: str = "E1", **values: Any) -> Event:
    parts = {"participants": [{"person": person()}]}
    return _fact(
        Event, key, {"name": "A test event", "kind": "visit", "statement": "They met.", "parts": parts, **values}
    )


def ownership(key: str = "O1", **values: Any) -> Ownership:
    values.setdefault("parent", organisation("Test Holding", kind="state-conglomerate"))
    values.setdefault("child", organisation())
    return _fact(Ownership, key, values)


def role(key: str = "R1", **values: Any) -> Role:
    return _fact(Role, key, {"person": person(), "title": "tester", "of_country": country(), **values})


#: One maker for each kind of record that is made by itself; citations are made with `cite`.
MAKERS: dict[type[Record], Callable[..., Any]] = {
    Country: country,
    Organisation: organisation,
    Person: person,
    Equipment: equipment,
    Source: article,
    Dataset: dataset,
    Transfer: transfer,
    Figure: figure,
    Sanction: sanction,
    Event: event,
    Ownership: ownership,
    Role: role,
}


def _entity(model: type[Record], name: str, values: Mapping[str, Any]) -> Any:
    public_id = "test-" + name.lower().replace(" ", "-")
    return make(model, public_id, name=name, **values)


def _fact(kind: type[Fact], key: str, values: Mapping[str, Any]) -> Any:
    """A fact with one supporting citation, or with those that are given."""
    values = {"dataset": dataset(), "citations": [{}], **values}
    return make(kind, f"test-{key.lower()}", key=key, **values)
