"""Sanctions that are told as one: those that differ in who imposed them, and in nothing else."""

from typing import Any

import pytest

from armsdb.models import Sanction
from armsdb.models.joint import Joint, joined
from tests import factories

DAY = {"edtf": "2022-03-26", "text": ""}


def imposed(key: str, by: str, **values: Any) -> Sanction:
    parts = {
        "imposed_by": [{"country": factories.country(by)}] if by else [],
        "targets": [{"organisation": factories.organisation()}],
    }
    return factories.sanction(key, **{"imposed": DAY, "parts": parts} | values)


def told() -> list[Any]:
    return joined(Sanction.objects.order_by("id").with_citations().with_parties())


def test_those_that_differ_in_the_imposer_alone_are_one_and_keep_their_records(empty):
    first, second = imposed("S1", "Northland"), imposed("S2", "Eastland")
    (joint,) = told()
    assert isinstance(joint, Joint)
    assert joint.name == "Sanctions by Eastland and Northland"
    assert joint.each == [("Eastland", second), ("Northland", first)]
    assert joint.targets == ["Test Works"]


@pytest.mark.parametrize(
    "other",
    [
        {"imposed": {"edtf": "2022-03-27", "text": ""}},
        {"ended": DAY},
        {"kind": "arms-embargo"},
        {"programme": "A programme"},
        {"targets_as_stated": "dealers"},
        {"citations": [{"locator": "2"}]},
        {"citations": [{"attributed_to": "a minister"}]},
    ],
)
def test_those_that_differ_in_more_stay_apart(empty, other):
    """Guards against sanctions of another day, kind or passage that would vanish among those of others."""
    imposed("S1", "Northland")
    imposed("S2", "Eastland", **other)
    assert [row.key for row in told()] == ["S1", "S2"]


def test_those_whose_imposers_are_not_named_stay_apart(empty):
    imposed("S1", "")
    imposed("S2", "")
    assert [row.key for row in told()] == ["S1", "S2"]


def test_one_of_another_target_stays_apart(empty):
    imposed("S1", "Northland")
    factories.sanction(
        "S2", imposed=DAY, parts={"imposed_by": [{"country": factories.country("Eastland")}], "targets": []}
    )
    assert [row.key for row in told()] == ["S1", "S2"]
