"""FollowTheMoney: sanctions, ownerships and directorships of those in the file, and nothing of bystanders."""

from pathlib import Path

import pytest

from armsdb import actions
from armsdb.importers import FileRefused
from armsdb.models import ImportRun, Organisation, Ownership, Person, Role, Sanction

from .reading import changed_copy, take_in


def test_links_become_facts_of_three_kinds(seeded) -> None:
    report = take_in("ftm.jsonl", "ftm")
    assert (report.read, report.refusals, report.counts["new"]) == (7, [], 4)
    sanction = Sanction.objects.get(dataset__public_id="ftm", key="s-1")
    assert (sanction.imposed.edtf, sanction.ended.edtf, sanction.programme) == ("2022-02-24", "2024", "ZOR")
    assert sanction.imposed_by_as_stated == "Council of Zorvan"
    ownership = Ownership.objects.get(dataset__public_id="ftm")
    assert (ownership.parent.name, ownership.child.name, ownership.share.low) == ("Zorvan House", "Zorvan Works", 51)
    assert ownership.period.edtf == "1953/.."
    role = Role.objects.get(dataset__public_id="ftm")
    assert role.person is not None
    assert role.of_organisation is not None
    assert (role.title, role.person.name, role.of_organisation.name) == ("Chairman", "Pyotr Testov", "Zorvan Works")
    assert role.period.edtf == "2010/2012-05"
    assert list(actions.differences()) == []


def test_former_ids_lead_on_and_names_keep_their_kinds(seeded) -> None:
    take_in("ftm.jsonl", "ftm")
    works = Sanction.objects.get(dataset__public_id="ftm", key="s-1").target_rows.get().organisation
    assert {alias.name: alias.kind for alias in works.aliases.all()} == {
        "Зорван": "native",
        "ZW Ltd": "other",
        "ZW": "weak",
        "Plant 9": "former",
    }
    assert {(row.scheme, row.value) for row in works.identifiers.all()} == {
        ("ftm", "NK-works"),
        ("ftm", "old-works"),
        ("inn", "9900000051"),
    }
    assert (works.kind, works.unmatched) == ("company", True)


def test_nothing_private_and_no_bystander(seeded) -> None:
    take_in("ftm.jsonl", "ftm")
    person = Person.objects.get(name="Pyotr Testov")
    assert {(row.scheme, row.value) for row in person.identifiers.all()} == {
        ("ftm", "NK-man"),
        ("wikidata", "Q00000001"),
    }
    assert not Person.objects.filter(name="Idle Person").exists()
    told = " ".join(str(value) for value in [*vars(person).values(), *person.aliases.all()])
    assert "1961" not in told
    assert "X1234567" not in told


def test_what_hangs_in_the_air_is_left_out_and_said(seeded) -> None:
    sentences = " ".join(sentence for _line, sentence in take_in("ftm.jsonl", "ftm").warnings)
    for link in ("s-3", "s-4", "o-2"):
        assert f"{link} is left out" in sentences
    assert "deleted" in sentences


def test_the_same_again_changes_nothing_and_each_kind_has_its_run(seeded) -> None:
    take_in("ftm.jsonl", "ftm")
    before = (Organisation.objects.count(), Person.objects.count())
    report = take_in("ftm.jsonl", "ftm")
    assert (report.counts["same"], report.counts["new"], report.counts["changed"]) == (4, 0, 0)
    assert (Organisation.objects.count(), Person.objects.count()) == before
    runs = ImportRun.objects.filter(format="ftm").order_by("pk")
    assert [run.counts["read"] for run in runs] == [4, 2, 1] * 2


def test_statements_say_the_same_as_entities(seeded) -> None:
    report = take_in("ftm_statements.csv", "ftm")
    assert (report.read, report.counts["new"]) == (1, 1)
    sanction = Sanction.objects.get(dataset__public_id="ftm", key="s-1")
    assert sanction.imposed_by_as_stated == "Council, of Zorvan"
    assert sanction.target_rows.get().organisation.identifiers.filter(scheme="inn").exists()


def test_numbers_find_a_record_of_another_list(seeded) -> None:
    take_in("ftm_statements.csv", "ftm", dataset="one")
    take_in("ftm.jsonl", "ftm", dataset="two")
    assert Organisation.objects.filter(name="Zorvan Works").count() == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"2001-02"', '"2001-99"', "listingDate is no date"),
        ('"endDate": ["2012-05"]', '"endDate": ["2009"]', "It ends before it begins."),
        ('"id": "s-2"', '"id": "s-1"', "more than one entity of this id"),
        ('"schema": "Vessel", ', "", "no entity with id, schema and properties"),
        ('{"id": "NK-ship"', '{"id" "NK-ship"', "no sound JSON"),
    ],
)
def test_an_entity_that_cannot_be_read_is_refused(seeded, tmp_path: Path, old: str, new: str, said: str) -> None:
    report = take_in(changed_copy(tmp_path, "ftm.jsonl", (old, new), encoding="utf-8"), "ftm", allow_refusals=True)
    assert any(said in refusal.reason for refusal in report.refusals)
    out = tmp_path / "refused.csv"
    report.write_refusals(out)
    assert len(take_in(out, "ftm", dry_run=True).refusals) <= len(report.refusals)


def test_what_is_no_such_file(seeded, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(FileRefused, match="neither entities as JSON lines nor statements"):
        take_in(path, "ftm")
