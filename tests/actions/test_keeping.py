"""Nothing published is lost: what readers lean on stays, whichever action is asked, and whatever asks the database."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from armsdb import actions
from armsdb.models import Citation, DataVersion, Transfer
from tests import factories

WHY = "For a test."


def cited_source() -> Any:
    factories.transfer()
    return factories.article()


def quoted_source() -> Any:
    quoted = factories.article("Quoted article")
    factories.transfer(citations=[{"quotes": quoted}])
    return quoted


def source_of_a_name() -> Any:
    source = factories.article("Article with a name")
    factories.country("Namedland", parts={"aliases": [{"name": "Byname", "source": source}]})
    return source


def source_through_which_another_is_known() -> Any:
    source = factories.article("Read article")
    factories.article("Unread article", via=source)
    return source


def country_with_transfers() -> Any:
    return factories.transfer().supplier


def country_that_receives() -> Any:
    return factories.transfer().recipient


def country_of_an_organisation() -> Any:
    country = factories.country("Homeland")
    factories.organisation("Home Works", country=country)
    return country


def successor() -> Any:
    country = factories.country("Newland")
    factories.country("Oldland", parts={"successors": [{"successor": country}]})
    return country


def equipment_in_use() -> Any:
    return factories.transfer().equipment


def family_of_equipment() -> Any:
    family = factories.equipment("Family")
    factories.equipment("Member", family=family)
    return family


def publisher_of_a_source() -> Any:
    return factories.article().publisher


def publisher_of_a_dataset() -> Any:
    publisher = factories.newsroom()
    factories.dataset("Published", publisher=publisher)
    return publisher


def company_in_a_transfer() -> Any:
    company = factories.organisation("Carrier")
    factories.transfer(parts={"companies": [{"company": company, "role": "producer"}]})
    return company


def teller() -> Any:
    person = factories.person("Teller")
    factories.transfer(citations=[{"attributed_to_person": person}])
    return person


def holder_of_a_role() -> Any:
    return factories.role().person


def dataset_of_facts() -> Any:
    return factories.transfer().dataset


LEANED_ON: list[Callable[[], Any]] = [
    cited_source,
    quoted_source,
    source_of_a_name,
    source_through_which_another_is_known,
    country_with_transfers,
    country_that_receives,
    country_of_an_organisation,
    successor,
    equipment_in_use,
    family_of_equipment,
    publisher_of_a_source,
    publisher_of_a_dataset,
    company_in_a_transfer,
    teller,
    holder_of_a_role,
    dataset_of_facts,
]


@pytest.mark.parametrize("made", LEANED_ON, ids=lambda made: made.__name__)
def test_what_published_records_lean_on_stays(made: Callable[[], Any], db) -> None:
    """Guards readers against records that lead to nothing: it cannot be withdrawn, merged away or deleted."""
    record = made()
    with pytest.raises(ValidationError, match="Published records lean on it"):
        actions.withdraw(record=record, reason=WHY)
    other = factories.MAKERS[type(record)]("Another one")
    with pytest.raises(ValidationError, match="Published records lean on it"):
        actions.merge(record=record, into=other, reason=WHY)
    with pytest.raises(ProtectedError):
        record.delete()
    record.refresh_from_db()
    assert record.is_published


@pytest.fixture
def fact(db) -> Transfer:
    """A published fact with one passage that supports it, and one that denies it."""
    return factories.transfer(citations=[{}, {"stance": "denies", "locator": "2"}])


def take_support(fact: Transfer) -> Citation:
    return Citation.objects.get(public_id=f"{fact.public_id}-c1")


def deny(fact: Transfer, **_: Any) -> None:
    actions.cite(fact=fact, values={"stance": "denies"}, number=1, reason=WHY)


def question_by_put(fact: Transfer, **_: Any) -> None:
    support = take_support(fact)
    actions.put(model=Citation, public_id=support.public_id, values={"stance": "questions"}, reason=WHY)


def withdraw(fact: Transfer, **_: Any) -> None:
    actions.withdraw(record=take_support(fact), reason=WHY)


def merge(fact: Transfer, **_: Any) -> None:
    other = Citation.objects.get(public_id=f"{fact.public_id}-c2")
    actions.merge(record=take_support(fact), into=other, reason=WHY)


def merge_into_that_of_another(fact: Transfer, other: Transfer) -> None:
    actions.merge(record=take_support(fact), into=take_support(other), reason=WHY)


def move_by_citing(fact: Transfer, other: Transfer) -> None:
    actions.cite(fact=fact, values={"transfer": other}, number=1, reason=WHY)


def move_by_put(fact: Transfer, other: Transfer) -> None:
    support = take_support(fact)
    actions.put(model=Citation, public_id=support.public_id, values={"transfer": other}, reason=WHY)


def move_by_column(fact: Transfer, other: Transfer) -> None:
    support = take_support(fact)
    actions.put(model=Citation, public_id=support.public_id, values={"transfer_id": other.pk}, reason=WHY)


def move_to_another_kind(fact: Transfer, **_: Any) -> None:
    support = take_support(fact)
    values = {"transfer": None, "event": factories.event()}
    actions.put(model=Citation, public_id=support.public_id, values=values, reason=WHY)


def rename_away(fact: Transfer, other: Transfer) -> None:
    actions.rename(record=take_support(fact), public_id=f"{other.public_id}-c9", reason=WHY)


WAYS = [
    deny,
    question_by_put,
    withdraw,
    merge,
    merge_into_that_of_another,
    move_by_citing,
    move_by_put,
    move_by_column,
    move_to_another_kind,
    rename_away,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_action_takes_the_last_support_of_a_published_fact(way: Callable[..., None], fact: Transfer) -> None:
    """Guards the first rule: a published statement leads to a passage that supports it."""
    other = factories.transfer("T2")
    with pytest.raises(ValidationError):
        way(fact, other=other)
    support = take_support(fact)
    assert (support.stance, support.state, support.fact) == ("supports", "published", fact)


def test_a_citation_that_is_not_the_last_support_can_be_taken_back(fact: Transfer) -> None:
    """Guards the rule above against refusing too much."""
    factories.cite(fact, locator="3")
    assert actions.withdraw(record=take_support(fact), reason=WHY).state == "withdrawn"


def test_a_cited_fact_and_a_published_citation_cannot_be_deleted(fact: Transfer) -> None:
    """Guards facts against a stray `delete()`: their citations hold them."""
    with pytest.raises(ProtectedError):
        fact.delete()


def test_citations_of_a_draft_move_no_data_version(db) -> None:
    """Guards drafts against being noticed: taking back or bringing back one of its passages tells nobody."""
    draft = factories.transfer(published=False, citations=[{}, {"locator": "2"}])
    before = list(DataVersion.objects.values_list("type", "number"))
    citation = actions.withdraw(record=take_support(draft), reason=WHY)
    actions.publish(record=citation, reason=WHY)
    actions.put(model=Citation, public_id=citation.public_id, values={"note": "Reading."}, reason=WHY)
    assert list(DataVersion.objects.values_list("type", "number")) == before
