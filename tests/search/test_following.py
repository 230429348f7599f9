"""Suggestions and likeness follow every way of writing, and `rebuild` mends what came by another way."""

import io
from typing import Any

import pytest
from django.core.management import call_command

from armsdb import actions, search
from armsdb.models import Country, Organisation, SearchName

WHY = "For the test."


def suggested(q: str) -> list[str]:
    return [found.public_id for found in search.suggest(q)]


def like(q: str) -> list[str]:
    return [hit.public_id for hit in search.search(q).hits]


def made(model: Any, public_id: str, name: str, **values: str):
    actions.put(model=model, public_id=public_id, values={"name": name, **values}, reason=WHY)
    record = model.objects.get(public_id=public_id)
    return actions.publish(record=record, reason=WHY)


@pytest.fixture
def zembla(empty) -> Country:
    return made(Country, "zembla", "Northern Zembla")


def test_a_record_that_is_published_is_there_at_once(zembla):
    assert suggested("zem") == suggested("northern z") == like("zembla") == like("zembia") == ["zembla"]


def test_a_name_that_is_changed_is_gone_at_once(zembla):
    actions.put(model=Country, public_id="zembla", values={"name": "Ruritania"}, reason=WHY)
    assert suggested("zem") == like("zembia") == []
    assert suggested("rur") == like("ruritnia") == ["zembla"]


def test_what_is_withdrawn_or_merged_is_gone_at_once(zembla):
    other = made(Country, "other", "Otherland")
    actions.merge(record=zembla, into=other, reason=WHY)
    assert suggested("zem") == like("zembia") == []
    actions.withdraw(record=other, reason=WHY)
    assert suggested("other") == like("otherlnad") == []


def test_another_id_is_told_at_once(zembla):
    actions.rename(record=zembla, public_id="zembla-north", reason=WHY)
    assert suggested("zem") == like("zembia") == ["zembla-north"]


def test_many_at_once_are_there_at_once(zembla):
    with actions.gathered():
        maker = actions.Maker(Organisation, reason=WHY)
        works = maker.make(name="Zemblan Works", kind="company", aliases=[{"name": "Zem-Werke", "kind": "other"}])
        maker.write()
    assert suggested("zem") == [works.public_id, "zembla"], "a later word comes after names"
    assert suggested("werk") == like("zemwerkke") == [works.public_id]
    before = sorted(SearchName.objects.values_list("rank", "key", "name", "kind", "word", "head", "middle", "tail"))
    search.rebuild()
    assert before == sorted(
        SearchName.objects.values_list("rank", "key", "name", "kind", "word", "head", "middle", "tail")
    )
    assert list(search.differences()) == []


def test_rebuilding_mends_names(zembla):
    SearchName.objects.update(rank=7, word="", head="", middle="", tail="")
    assert suggested("zem") == like("zembia") == []
    assert list(search.differences())
    call_command("rebuild", stdout=io.StringIO())
    assert suggested("zem") == like("zembia") == ["zembla"]
    assert list(search.differences()) == []
