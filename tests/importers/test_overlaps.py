"""Which lines of different datasets are proposed as one delivery, and how well that is found."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armsdb import actions
from armsdb.importers.overlaps import likely_overlaps
from armsdb.lib.vocab import Verdict
from armsdb.models import Dataset, Equipment, Transfer
from bench.overlaps import Figures, measured, sample, write
from tests import factories

from .reading import kept_while, take_in

OTHER = "Other Data"
TOLD: dict[str, Any] = {"ordered": "2010", "delivered": "2012"}


def line(key: str, name: str = "MiG-29", *, other: bool = False, **values: Any) -> Transfer:
    values = {**TOLD, **values}
    if other:
        values["dataset"] = Dataset.objects.filter(name=OTHER).first() or factories.dataset(OTHER)
    equipment = factories.equipment(name, category="combat-aircraft")
    return factories.transfer(key, equipment=equipment, **values)


def proposed() -> list[tuple[str, str]]:
    keys = dict(Transfer.objects.values_list("pk", "key"))
    return [(keys[pair.first], keys[pair.second]) for pair in likely_overlaps()]


def test_lines_of_two_datasets_are_proposed_and_those_of_one_are_not(empty: Any) -> None:
    line("A1")
    line("A2")
    assert proposed() == []
    line("B1", other=True)
    assert proposed() == [("A1", "B1")]


@pytest.mark.parametrize(
    ("values", "doubts"),
    [
        ({"ordered": "2011"}, ["years not the same"]),
        ({"name": "MiG-29SE"}, ["one has more in its designation"]),
        ({"ordered": None, "delivered": None}, ["undated"]),
        ({"quantity_delivered": {"low": 40, "high": 40, "approximate": False, "text": ""}}, ["numbers far apart"]),
        ({"ordered": "2013"}, None),
        ({"ordered": "2010", "delivered": "2016"}, None),
        ({"name": "MiG-31"}, None),
        ({"nature": "licensed-production"}, None),
        ({"condition": "second-hand"}, None),
        ({"supplier_known": "unknown", "supplier": None}, None),
    ],
)
def test_what_differs_is_in_doubt_or_too_far_apart(
    empty: Any, values: dict[str, Any], doubts: list[str] | None
) -> None:
    number = {"low": 10, "high": 10, "approximate": False, "text": ""}
    line("A1", quantity_delivered=number, condition="new", local_production=False)
    told: dict[str, Any] = {"other": True, "quantity_delivered": number, **values}
    line("B1", **told)
    assert [list(pair.doubts) for pair in likely_overlaps()] == ([] if doubts is None else [doubts])


def test_other_names_of_the_equipment_match(empty: Any) -> None:
    line("A1", "Fulcrum")
    line("B1", other=True)
    assert proposed() == []
    others = {"aliases": [{"name": "Fulcrum"}]}
    actions.put(model=Equipment, public_id="test-mig-29", values={}, parts=others, reason="Known so.")
    assert proposed() == [("A1", "B1")]


def test_each_line_is_proposed_once_with_the_one_that_fits_best(empty: Any) -> None:
    """Guards repeat orders: two in each register are two pairs and not four."""
    line("A1")
    line("A2", ordered="2011", delivered="2013")
    line("B1", other=True)
    line("B2", other=True, ordered="2011", delivered="2013")
    assert proposed() == [("A1", "B1"), ("A2", "B2")]


def test_what_was_decided_is_not_proposed_again(empty: Any) -> None:
    one, other = line("A1"), line("B1", other=True)
    again = line("A2")
    actions.decide_overlap(one=one, other=other, verdict=Verdict.DIFFERENT, reason="Compared.")
    assert proposed() == [("B1", "A2")]
    actions.decide_overlap(one=again, other=other, verdict=Verdict.SAME, reason="Compared.")
    assert proposed() == []
    for pair in ((one, other), (again, other)):
        actions.decide_overlap(one=pair[0], other=pair[1], verdict=Verdict.OPEN, reason="Too soon.")
    assert proposed() == [("A1", "B1")]


def test_drafts_are_not_proposed(empty: Any) -> None:
    line("A1", published=False)
    line("B1", other=True)
    assert proposed() == []


def test_the_list_goes_on_behind_a_pair(empty: Any) -> None:
    for number in range(3):
        country = factories.country(f"Land {number}")
        for place in range(2):
            line(f"A{number}{place}", f"Su-{30 + place}", supplier=country)
            line(f"B{number}{place}", f"Su-{30 + place}", supplier=country, other=True)
    pairs = [(pair.first, pair.second) for pair in likely_overlaps()]
    assert len(pairs) == 6
    for place, pair in enumerate(pairs):
        assert [(p.first, p.second) for p in likely_overlaps(after=pair)] == pairs[place + 1 :]


def test_queries_do_not_grow_with_lines(empty: Any) -> None:
    """1 other names, 2 what was decided, 3 the lines."""
    needed = []
    for last in (1, 20):
        for number in range(1 if last == 1 else 2, last + 1):
            line(f"A{number}", f"Su-{number + 100}")
            line(f"B{number}", f"Su-{number + 100}", other=True)
        with CaptureQueriesContext(connection) as asked:
            assert len(list(likely_overlaps())) == last
        needed.append(len([query for query in asked if query["sql"].startswith("SELECT")]))
    assert max(needed) <= 3
    assert needed[0] == needed[1]


def test_the_command_lists_them_and_changes_nothing(empty: Any) -> None:
    out = StringIO()
    call_command("overlaps", stdout=out)
    assert out.getvalue() == "No such pairs.\n"
    line("A1")
    line("B1", "MiG-29SE", other=True)
    out = StringIO()
    call_command("overlaps", stdout=out)
    assert "test-a1 “MiG-29, Testland to Otherland, 2012” may be test-b1" in out.getvalue()
    assert "(one has more in its designation)\n1 pairs of lines" in out.getvalue()
    out = StringIO()
    call_command("overlaps", "--json", "--limit", "1", stdout=out)
    told = json.loads(out.getvalue())
    assert told == {
        "first": "test-a1",
        "second": "test-b1",
        "names": "variant",
        "doubts": ["one has more in its designation"],
    }
    assert not Transfer.objects.overlapping(Transfer.objects.get(key="A1")).exists()


@pytest.fixture(scope="module")
def figures(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Any:
    """The labelled sample, taken in and held against its labels."""
    with kept_while(django_db_blocker):
        made = sample()
        for path in write(made, tmp_path_factory.mktemp("overlaps")):
            assert take_in(path).counts["refused"] == 0
        yield measured(made)


def test_precision_and_recall_on_the_labelled_sample(figures: Figures) -> None:
    """Guards the rules as a whole: a change that finds less, or proposes more that is wrong, is seen here."""
    assert len(figures.made.true) >= 200
    assert len(figures.made.near) >= 200
    assert figures.precision >= 0.9
    assert figures.recall >= 0.95
    assert any("precision" in line for line in figures.lines())


def test_the_sample_is_always_the_same() -> None:
    assert (sample().old, sample().new, sample().true) == (sample().old, sample().new, sample().true)
