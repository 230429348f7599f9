"""Transfers: what a line may leave open, what follows from its columns, and the questions asked of many."""

from datetime import date

import pytest

from armsdb.filters import TransferFilterSet
from armsdb.lib.vocab import Known
from armsdb.models import Country, Transfer
from tests import factories


def line(key, **values):
    """A published line of one dataset, with nothing told but the equipment and what is given."""
    values = {"supplier_known": Known.UNKNOWN, "recipient_known": Known.UNKNOWN, **values}
    return factories.transfer(key, **values)


ALLOWED = {
    "both parties unknown": {},
    "delivered before an estimated order": {
        "ordered": {"edtf": "2005~", "text": "about 2005"},
        "delivered": "2003",
    },
    "a number in words only": {"quantity_delivered": {"text": "thousands"}},
    "flagged but blank": {"quantity_ordered": {"approximate": True}},
    "none ordered": {"quantity_ordered": 0},
    "more delivered than ordered": {"quantity_ordered": 4, "quantity_delivered": 6},
    "a sum in words only": {"value": {"text": "a fortune", "currency": "USD"}},
    "no value at all": {"value": None},
    "an organisation of no state": {"supplier_known": Known.ORGANISATION, "supplier_organisation": "Test Group"},
    "a country beside its organisation": {"recipient_known": Known.COUNTRY, "recipient_organisation": "Test Army"},
}


@pytest.mark.parametrize("values", ALLOWED.values(), ids=ALLOWED)
def test_what_registers_really_hold_can_be_stored(values, db):
    """A constraint that is too strict would throw away true lines."""
    values = dict(values)
    for side in ("supplier", "recipient"):
        name = values.pop(f"{side}_organisation", None)
        if name:
            values[f"{side}_organisation"] = factories.organisation(name, kind="armed-force")
    if values.get("recipient_known") == Known.COUNTRY:
        values["recipient"] = factories.country()
    row = line("T1", **values)
    row.refresh_from_db()
    row.full_clean()
    assert row.is_published


TITLES = [
    ({}, "Test-1, not known to not known"),
    ({"supplier_known": "country", "supplier": "russia"}, "Test-1, Russia to not known"),
    ({"delivered": "2019"}, "Test-1, not known to not known, 2019"),
    (
        {"delivered": {"edtf": "2022-12", "text": "by December 2022"}},
        "Test-1, not known to not known, by December 2022",
    ),
    ({"ordered": "2013/2020"}, "Test-1, not known to not known, ordered 2013 to 2020"),
    ({"talked": "2022-09"}, "Test-1, not known to not known, talks September 2022"),
    ({"delivered": "2001", "ordered": "1999", "talked": "1998"}, "Test-1, not known to not known, 2001"),
    ({"ordered": "1999", "talked": "1998"}, "Test-1, not known to not known, ordered 1999"),
]


@pytest.mark.parametrize(("values", "title"), TITLES)
def test_the_title_says_who_whom_and_when(values, title, db):
    """Delivered comes before ordered, ordered before talked of; the words of the source before ours."""
    if values.get("supplier"):
        values = {**values, "supplier": Country.objects.get(public_id=values["supplier"])}
    assert line("T1", **values).name == title


def test_a_title_of_long_names_still_fits(db):
    """Names of full length must not make a line impossible to save on either engine."""
    names = {
        side: factories.make(Country, f"test-long-{side}", name=f"{side} {'verylong ' * 21}".strip())
        for side in ("supplier", "recipient")
    }
    row = line("T1", supplier_known="country", recipient_known="country", **names)
    assert len(row.name) <= 300
    assert row.name.endswith("…")
    row.full_clean()


GOVERNMENT = [
    ({"recipient_known": "country"}, None, True),
    ({"recipient_known": "country"}, "armed-force", True),
    ({"recipient_known": "organisation"}, "armed-force", True),
    ({"recipient_known": "organisation"}, "government-body", True),
    ({"recipient_known": "organisation"}, "armed-group", False),
    ({"recipient_known": "organisation"}, "company", False),
    ({"recipient_known": "organisation"}, "ngo", False),
    ({"recipient_known": "group-of-states"}, "group-of-states", True),
    ({"recipient_known": "organisation"}, "intergovernmental-body", True),
    ({"recipient_known": "unknown"}, None, None),
]


@pytest.mark.parametrize(("values", "kind", "expected"), GOVERNMENT)
def test_whether_a_government_received_it(values, kind, expected, db):
    """Totals keep governments, others and the unknown apart."""
    if kind:
        values = {**values, "recipient_organisation": factories.organisation("Receiver", kind=kind)}
    if values["recipient_known"] == "country":
        values = {**values, "recipient": factories.country()}
    assert line("T1", **values).to_government is expected


@pytest.mark.parametrize(
    ("category", "nature", "expected"),
    [
        ("battle-tanks", "sale", True),
        ("battle-tanks", "services-and-training", True),
        ("battle-tanks", "backing", False),
        ("services-and-training", "sale", False),
        ("services-and-training", "backing", False),
        ("", "not-stated", True),
    ],
)
def test_what_counts_as_arms(category, nature, expected, db):
    """The category services and training, and backing, are no arms; all else is."""
    row = line("T1", equipment=factories.equipment(category=category), nature=nature)
    assert (row.category, row.counts_as_arms) == (category, expected)


WHEN = [
    ({}, None, None),
    ({"delivered": "2019"}, date(2019, 1, 1), date(2019, 12, 31)),
    ({"delivered": "2021-02/.."}, date(2021, 2, 1), date(2021, 2, 1)),
    ({"delivered": "../2021-02"}, date(2021, 2, 28), date(2021, 2, 28)),
    ({"ordered": "2013/2020", "talked": "2010"}, date(2013, 1, 1), date(2020, 12, 31)),
    ({"talked": "2022-09"}, date(2022, 9, 1), date(2022, 9, 30)),
]


@pytest.mark.parametrize(("values", "earliest", "latest"), WHEN)
def test_the_main_date_is_what_lists_order_by(values, earliest, latest, db):
    """An open side takes the bound that is known, so that the line keeps a place among the dated ones."""
    row = line("T1", **values)
    assert (row.when_earliest, row.when_latest) == (earliest, latest)


DATED = {
    "exact": {"delivered": "2019"},
    "month": {"delivered": "2021-02"},
    "decade": {"delivered": "2000/2009"},
    "open end": {"delivered": "2021-02/.."},
    "open start": {"delivered": "../2001-06"},
    "ordered": {"ordered": "2013"},
    "talked": {"talked": "2023-03"},
    "two": {"ordered": "1999", "delivered": "2005"},
    "none": {},
}
BETWEEN = [
    ((2019, 2019), {"exact", "open start"} - {"open start"}),
    ((2018, 2020), {"exact"}),
    ((2020, 2020), set()),
    ((2021, 2021), {"month", "open end"}),
    ((2005, 2005), {"decade", "two"}),
    ((1990, 1990), {"open start"}),
    ((2001, 2001), {"decade", "open start"}),
    ((2002, 2002), {"decade"}),
    ((2009, 2013), {"decade", "ordered"}),
    ((1999, 1999), {"open start", "two"}),
    ((2000, 2000), {"decade", "open start"}),
    ((2050, 2060), {"open end"}),
    ((2021, None), {"month", "open end", "talked"}),
    ((None, 1998), {"open start"}),
    ((None, None), set(DATED) - {"none"}),
]


def in_years(rows, first, last):
    """The rows that the list of transfers keeps."""
    years = {"year_from": first, "year_to": last, "undated": "exclude"}
    return TransferFilterSet({name: str(value) for name, value in years.items() if value}, queryset=rows).qs


def test_years_keep_what_may_fall_in_them(db):
    """Overlap with the union of the three dates: a gap between order and delivery is not filled, an open side is."""
    for place, values in enumerate(DATED.values()):
        line(f"T{place}", **values)
    names = {f"test-t{place}": name for place, name in enumerate(DATED)}
    ours = Transfer.objects.filter(dataset__public_id="test-tests")
    asked = {years: {names[row.public_id] for row in in_years(ours, *years)} for years, _ in BETWEEN}
    assert asked == dict(BETWEEN)
    assert {names[row.public_id] for row in ours.undated()} == {"none"}
    assert {names[row.public_id] for row in ours.dated()} == set(DATED) - {"none"}


def ids(rows):
    return {row.public_id.removeprefix("articles-") for row in rows}


def test_sides_and_links(seeded):
    """A former state's lines are not its successor's; a line and what it returns stand beside each other."""
    transfers = Transfer.objects.published()
    russia, soviet = (Country.objects.get(public_id=name) for name in ("russia", "soviet-union"))
    assert ids(transfers.supplied_by(russia)) >= {"t02", "t39", "t54"}
    assert not transfers.supplied_by(soviet).exists()
    assert ids(transfers.received_by(russia)) >= {"t27", "t44", "t46"}
    assert not ids(transfers.supplied_by(russia)) & ids(transfers.received_by(russia))
    sights = transfers.get(public_id="articles-t44")
    assert ids(transfers.beside(sights)) == {"t45"}
    assert sights.returns
    assert ids(transfers.beside(sights.returns)) == {"t44"}
    assert ids(transfers.overlapping(sights)) == {"t31", "t53", "t61"}
    assert sights in transfers.overlapping(transfers.get(public_id="articles-t31"))
    assert ids(transfers.disputed()) == {"t46"}


def test_arms_and_recipients_are_counted_apart(seeded):
    """Each line stands in exactly one of the three sums."""
    transfers = Transfer.objects.published()
    sums = [ids(rows) for rows in (transfers.arms_to_states(), transfers.arms_to_others(), transfers.not_arms())]
    assert sums[1] == {"t25"}
    assert sums[2] == {"t23", "t38", "t52", "t59"}
    assert sum(map(len, sums)) == transfers.count() == len(set.union(*sums))
