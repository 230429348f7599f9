"""Made-up records for the page of components: real models that are never saved. Their links stay on the page."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count
from typing import Any

from armsdb.lib.vocab import Grade, Known, State, Status
from armsdb.models import (
    Alias,
    Citation,
    Country,
    Dataset,
    Equipment,
    Event,
    Figure,
    Organisation,
    Ownership,
    Person,
    Record,
    Role,
    Sanction,
    SanctionImposer,
    SanctionTarget,
    Source,
    Transfer,
)
from armsdb.models.joint import joined

#: Where every link of a made-up record leads.
HERE = "#samples"
DAY = datetime(2026, 1, 31, tzinfo=UTC)
_numbers = count(1)


def made(model: type[Record], name: str, *, citations: Iterable[Citation] = (), **values: Any) -> Any:
    """A record that is in no database, with its citations as if they had been fetched."""
    number = next(_numbers)
    values |= {"pk": number} | ({"name": name} if name else {})
    row: Any = model(public_id=f"sample-{number}", state=State.PUBLISHED, created=DAY, updated=DAY)
    for field, value in values.items():
        setattr(row, field, value)
    row._prefetched_objects_cache = {"citations": list(citations)}
    row.get_absolute_url = lambda: HERE
    return row


def cited(locator: str, source: Source, *, stance: str = "supports", **values: Any) -> Citation:
    """A passage, with what differs from the record in `reported_rows`, as web/passages.py sets it."""
    rows = values.pop("reported_rows", ())
    citation = made(Citation, "", source=source, locator=locator, stance=stance, **{"basis": "reporting"} | values)
    citation.reported_rows = list(rows)
    citation.get_passage_url = lambda: HERE
    return citation


NORTHLAND = made(Country, "Northland")
SOUTHLAND = made(Country, "Southland")
WORKS = made(Organisation, "Northland Works", kind="company", country=NORTHLAND)
AGENCY = made(Organisation, "Southland News Agency", kind="news-outlet", country=SOUTHLAND)
SPEAKER = made(Person, "A. Speaker")
TANKS = made(Equipment, "Tanks, type not given", description="tank", category="battle-tanks")
SIGHTS = made(Equipment, "Tank sights", description="sight")

DATASET = made(Dataset, "Northland register")
OTHER_DATASET = made(Dataset, "Newspapers of Southland")
REPORT = made(
    Source,
    "Report on arms of the north",
    publisher=AGENCY,
    kind="news-article",
    authors=["J. Writer", "K. Writer"],
    published="2024-03-05",
    language="en",
    locator_count=40,
    reliability="Read in a translation.",
)
REPORT.passages, REPORT.quotations = 12, 3
SPEECH = made(Source, "Speech to the parliament of Northland", kind="statement", via=REPORT)
SPEECH.passages, SPEECH.quotations = 0, 1

SUPPORT = cited("P4", REPORT, note="Tells the number.\nReading: the year is that of the report.")
SECOND = cited("P5", REPORT, reported_rows=[("quantity delivered", "some")])
DENIAL = cited(
    "P9",
    REPORT,
    stance="denies",
    quotes=SPEECH,
    attributed_to="the defence minister",
    attributed_to_person=SPEAKER,
    basis="official-statement",
    interested=True,
    note="Says that no tank left the country.",
)
DOUBT = cited(
    "P12", REPORT, stance="questions", attributed_to="an analyst who is not named", note="Finds the number too high."
)
MANY = [cited(f"P{number}", REPORT) for number in range(20, 27)]


def line(name: str, grade: Grade, citations: Iterable[Citation], **values: Any) -> Transfer:
    """A transfer from the north to the south, unless told otherwise."""
    parties = {"supplier": NORTHLAND, "recipient": SOUTHLAND, "equipment": TANKS}
    row: Transfer = made(Transfer, name, evidence=grade, citations=citations, **parties | values)
    return row


SOLD = line(
    "Tanks, type not given, Northland to Southland, by December 2022",
    Grade.REPORTED,
    [SUPPORT, SECOND],
    key="T1",
    delivered={"edtf": "../2022-12", "text": "by December 2022"},
    quantity_delivered={"low": 24, "high": None, "approximate": False, "text": ""},
    value={"low": 24_000_000, "high": 24_000_000, "approximate": True, "text": "", "currency": "USD"},
    comment="What the sources tell beyond the other fields.",
)
RETURNED = line(
    "Tank sights, Southland to Northland, 2024",
    Grade.DISPUTED,
    [SUPPORT, DENIAL, DOUBT],
    key="T2",
    supplier=SOUTHLAND,
    recipient=None,
    recipient_known=Known.ORGANISATION,
    recipient_organisation=WORKS,
    equipment=SIGHTS,
    nature="buy-back",
    ordered="2024",
    status=Status.ORDERED,
)
UNDATED = line(
    "Tanks, type not given, supplier not known",
    Grade.ALLEGED,
    MANY,
    key="T3",
    supplier=None,
    supplier_known=Known.UNKNOWN,
)
REGISTERED = line(
    "Tanks, type not given, Northland to Southland, 2022",
    Grade.REPORTED,
    [cited("line 12", REPORT)],
    key="77",
    dataset=made(Dataset, "Register of the north"),
    delivered="2022",
    quantity_delivered={"low": 30, "high": 30, "approximate": False, "text": ""},
)
SOLD.dataset = made(Dataset, "Register of the south")
for passage in (SUPPORT, SECOND, DENIAL, DOUBT):
    passage.transfer = SOLD

VISIT = made(
    Event,
    "Visit to Northland",
    kind="visit",
    date="2021-06",
    evidence=Grade.DOCUMENTED,
    citations=[SUPPORT],
    comment="A line.",
)
EXPECTED = made(Event, "Parade", kind="parade", status="expected", evidence=Grade.REPORTED, citations=[SECOND])
MONEY = made(
    Figure,
    "What Northland sold in all",
    value={"low": 156_000_000, "high": 156_000_000, "approximate": False, "text": "", "currency": "USD"},
    period={"edtf": "2021-02/2022-02", "text": "between the coup and the war"},
    evidence=Grade.CORROBORATED,
    citations=[SUPPORT],
)
PEOPLE = made(
    Figure,
    "Instructors in Southland",
    number={"low": 3, "high": None, "approximate": False, "text": ""},
    unit="people",
    evidence=Grade.ALLEGED,
    citations=[DOUBT],
)
TREND = made(
    Figure, "Sales since 2020", statement="Sales grew since 2020.", evidence=Grade.REPORTED, citations=[SECOND]
)
EMBARGO = made(
    Sanction,
    "Embargo on Southland",
    kind="arms-embargo",
    imposed="2022-03",
    evidence=Grade.REPORTED,
    citations=[SECOND],
)


def banned(by: Country) -> Sanction:
    """Sanctions that differ in their imposer alone."""
    row = made(Sanction, "Sanctions", key="S1", kind="sanctions", evidence=Grade.REPORTED, citations=[SECOND])
    row.targets_as_stated = "dealers, not named"
    row._prefetched_objects_cache["imposer_rows"] = [SanctionImposer(country=by)]
    row._prefetched_objects_cache["target_rows"] = [SanctionTarget(organisation=WORKS)]
    return row


(JOINT,) = joined([banned(NORTHLAND), banned(SOUTHLAND)])
OWNED = made(Ownership, "", parent=WORKS, child=AGENCY, evidence=Grade.REPORTED, citations=[cited("P30", REPORT)])
HELD = made(
    Role,
    "",
    person=SPEAKER,
    title="defence minister",
    of_country=NORTHLAND,
    period="2019/..",
    evidence=Grade.REPORTED,
    citations=[cited("P31", REPORT)],
)
NAMES = [
    Alias(country=SOUTHLAND, name="Southern Land", kind="former", until_year=1989),
    Alias(country=SOUTHLAND, name="Южная земля", kind="native", language="ru"),
]
