"""Facts that no database knows, and what tests of every drawing ask."""

from itertools import combinations
from typing import Any

from armsdb.models import Citation, Country, Equipment, Event, Figure, Source, Transfer

HERE, THERE = Country(name="Hereland", public_id="hereland"), Country(name="Thereland", public_id="thereland")
#: The two drawings of every picture.
DRAWINGS = ("wide", "upright")


def line(number: int = 1, *, what: str = "Tanks", evidence: str = "reported", **when: str) -> Transfer:
    """A line that no database knows."""
    transfer = Transfer(key=f"T{number}", public_id=f"t{number}", equipment=Equipment(name=what), evidence=evidence)
    for field, edtf in when.items():
        setattr(transfer, field, edtf)
    return transfer


def fact(model: type[Any], name: str, **values: Any) -> Any:
    row = model(name=name, public_id="x", evidence="reported")
    for field, value in values.items():
        setattr(row, field, value)
    return row


def event(edtf: str, *, kind: str = "visit", name: str = "They met", status: str = "reported") -> Event:
    return fact(Event, name, kind=kind, date=edtf, status=status)


def figure(period: str | None, name: str = "So much was paid") -> Figure:
    value = {"low": 5_000_000, "high": 5_000_000, "currency": "USD"}
    row = fact(Figure, name, pk=1, value=value, period=period)
    passage = Citation(source=Source(name="Report C, on sums"), locator="C1")
    row._prefetched_objects_cache = {"citations": [passage]}
    return row


def crowd(number: int) -> list[Transfer]:
    """Lines of every kind of date, many at the same time, with long names."""
    forms = ["{0}", "{0}-06", "{0}-03-05", "{0}/..", "../{0}", "{0}/2020", "{{{0},2019}}", "[{0},2018]", "{0}~", "201X"]
    fields = ["delivered", "ordered", "talked"]
    grades = ["documented", "corroborated", "reported", "alleged", "disputed"]
    return [
        line(
            at,
            what="Systems for readying guided weapons of aircraft, type not given"[: 6 + at % 60],
            evidence=grades[at % 5],
            **{fields[at % 3]: forms[at % len(forms)].format(2000 + at % 17)},
        )
        for at in range(number)
    ]


def overlapping(drawing: dict[str, Any]) -> list[tuple[str, str]]:
    def touch(one: dict[str, float], other: dict[str, float]) -> bool:
        return all(
            one[at] < other[at] + other[size] and other[at] < one[at] + one[size]
            for at, size in (("left", "width"), ("top", "height"))
        )

    pairs = combinations(drawing["texts"], 2)
    return [(one["words"], other["words"]) for one, other in pairs if touch(one["box"], other["box"])]


def off_the_sheet(drawing: dict[str, Any]) -> list[Any]:
    """Bars and words that lie outside the drawing in part."""
    places = [
        *drawing["bars"],
        *({"x": text["box"]["left"], "y": text["box"]["top"], **text["box"]} for text in drawing["texts"]),
    ]
    return [
        place
        for place in places
        if not (-1 <= place["x"] <= place["x"] + place["width"] <= drawing["width"] + 1)
        or not (-1 <= place["y"] <= place["y"] + place["height"] <= drawing["height"] + 1)
    ]
