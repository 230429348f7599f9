"""Lists of sanctions: who imposed what on whom by which names; nothing private, and nobody is somebody else."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from armsdb import actions
from armsdb.importers import FileRefused, Report
from armsdb.models import Alias, Dataset, Identifier, Organisation, Person, Sanction, SearchEntry

from .reading import SAMPLES, changed_copy, kept_while, take_in

ALL = [("ofac_sdn.csv", "ofac"), ("eu.csv", "eu"), ("uk.csv", "uk"), ("un.xml", "un")]


def entry(dataset: str, name: str) -> Sanction:
    """The one entry of a list whose title begins with a name."""
    found: Sanction = Sanction.objects.get(dataset__public_id=dataset, name__startswith=f"{name}, on")
    return found


def target(sanction: Sanction) -> Any:
    return sanction.target_rows.get().entity


def names_of(entity: Any) -> dict[str, str]:
    return {alias.name: alias.kind for alias in entity.aliases.all()}


def numbers_of(entity: Any) -> set[tuple[str, str]]:
    return {(row.scheme, row.value) for row in entity.identifiers.all()}


class TestLists:
    """All four samples, one after the other."""

    reports: dict[str, Report]

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def taken_in(cls, django_db_setup, django_db_blocker) -> Iterator[None]:
        with kept_while(django_db_blocker):
            reports = {}
            for name, form in ALL:
                beside = SAMPLES / "ofac_alt.csv" if form == "ofac" else None
                reports[form] = take_in(name, form, beside=beside)
            cls.reports = reports
            yield

    def test_all_is_read_and_nothing_refused(self) -> None:
        assert {form: (report.read, report.refusals) for form, report in self.reports.items()} == {
            "ofac": (6, []),
            "eu": (7, []),
            "uk": (8, []),
            "un": (2, []),
        }
        assert {form: report.counts["new"] for form, report in self.reports.items()} == {
            "ofac": 6,
            "eu": 7,
            "uk": 5,
            "un": 2,
        }

    def test_who_imposed_it_under_which_programme_since_when(self) -> None:
        told = {}
        for dataset, name in (
            ("ofac-sdn", "ZORVAN STATE ARMS WORKS"),
            ("uk-sanctions", "KESTREL DEFENCE CORPORATION"),
            ("un-sanctions", "PYOTR TESTOV"),
        ):
            row = entry(dataset, name)
            imposer = row.imposer_rows.get().entity.public_id
            told[name] = (imposer, row.programme, row.imposed.edtf if row.imposed else None)
        assert told == {
            "ZORVAN STATE ARMS WORKS": ("united-states", "ZORVAN-EO1; NORTH", "2022-02-04"),
            "KESTREL DEFENCE CORPORATION": ("united-kingdom", "Zorvan", "2014-07-31"),
            "PYOTR TESTOV": ("united-nations", "Zorvan", "2012-04-13"),
        }

    def test_a_list_is_the_official_document_of_who_imposed_it(self) -> None:
        row = entry("ofac-sdn", "ZORVAN STATE ARMS WORKS")
        assert (row.evidence, row.citations.get().basis) == ("documented", "official-document")

    def test_days_in_every_way_of_writing_and_none_where_none_is_told(self) -> None:
        days = {
            row.programme: row.imposed and row.imposed.edtf
            for row in Sanction.objects.filter(dataset__public_id="eu-sanctions")
        }
        assert days["EU-ZOR 39999R0001, annex XIII"] is None
        assert {"2014-09-12", "2022-03-12"} & set(
            Sanction.objects.filter(dataset__public_id="eu-sanctions").values_list("imposed_edtf", flat=True)
        ) == {"2014-09-12", "2022-03-12"}
        assert entry("un-sanctions", "ZORVAN ROCKET BUREAU").imposed is None

    def test_names_keep_their_kinds(self) -> None:
        assert names_of(target(entry("ofac-sdn", "ZORVAN STATE ARMS WORKS"))) == {
            "ZORVAN ARMS": "other",
            "OLD ZORVAN WORKS": "former",
            "ZSAW": "weak",
            "PLANT NO. 9": "former",
        }
        assert names_of(target(entry("uk-sanctions", "KESTREL DEFENCE CORPORATION"))) == {
            "KESTREL CORPORATION": "other",
            "KESTREL DEFENSE CORPORATION": "other",
            "Концерн ‘Пустельга’": "native",
        }
        assert names_of(target(entry("un-sanctions", "PYOTR TESTOV"))) == {
            "Пётр Тестов": "native",
            "Petr Testov": "other",
            "Petya": "weak",
        }
        assert names_of(target(entry("un-sanctions", "ZORVAN ROCKET BUREAU"))) == {
            "ZRB & Sons": "other",
            "Rocket Office": "former",
        }

    def test_a_persons_name_stands_in_the_order_in_which_it_is_said(self) -> None:
        people = Person.objects.filter(name="Pyotr Ivanovich TESTOV").order_by("pk")
        assert [numbers_of(person) for person in people] == [
            {("ofac", "90002")},
            {("ofac", "90004")},
            {("ofsi-group", "80003"), ("uk-sanctions-list", "ZOR0003")},
        ]
        assert names_of(people[0]) == {"Petr TESTOV": "other", "P. TESTOFF": "weak"}

    def test_people_of_one_name_are_not_taken_for_one_person(self) -> None:
        """Two entries of one list are two, and one that only an import knows is nobody of another list."""
        assert Person.objects.filter(name_key="pyotrivanovichtestov").count() == 3
        assert Person.objects.filter(name_key="pyotrivanovichtestov", unmatched=False).count() == 0

    def test_one_body_in_two_annexes_is_one_record_with_two_measures(self) -> None:
        kestrel = Organisation.objects.get(name="Kestrel Works, JSC")
        rows = Sanction.objects.filter(target_rows__organisation=kestrel)
        assert sorted(row.programme for row in rows) == [
            "EU-ZOR 39999R0001, annex IV",
            "EU-ZOR 39999R0001, annex XIII",
        ]
        assert numbers_of(kestrel) == {("inn", "9900000031")}
        assert kestrel.unmatched

    def test_bodies_of_one_name_with_different_numbers_stay_apart(self) -> None:
        assert [numbers_of(body) for body in Organisation.objects.filter(name="Heron").order_by("pk")] == [
            {("inn", "9900000032")},
            {("inn", "9900000033")},
        ]

    def test_a_record_of_ours_with_the_whole_name_gets_the_entry(self) -> None:
        rostec = Organisation.objects.get(public_id="rostec")
        assert target(entry("ofac-sdn", "Rostec")) == rostec
        assert not rostec.unmatched
        assert ("ofac", "90006") in numbers_of(rostec)

    def test_ships_are_no_organisations(self) -> None:
        for dataset, name in (("ofac-sdn", "SEA LANTERN"), ("uk-sanctions", "SEA LANTERN")):
            row = entry(dataset, name)
            assert (row.target_rows.count(), row.targets_as_stated) == (0, "SEA LANTERN")
        ships = Sanction.objects.filter(name__startswith="Lantern, on").order_by("pk")
        assert [row.comment for row in ships] == ["IMO number 0000001.", "IMO number 0000002."]
        assert not Organisation.objects.filter(name__icontains="lantern").exists()

    def test_nothing_private_is_kept_of_anybody(self) -> None:
        """Birth, places, passports, addresses, telephones: in no column of any record, name, number or index entry."""
        private = re.compile(
            "secret(grad| place| street)|1961|1958|1970|circa|X1234567|X7654321|invalid|\\+0 000|9900000000(21|34)",
            re.IGNORECASE,
        )
        ids = Dataset.objects.filter(public_id__in=["ofac-sdn", "eu-sanctions", "uk-sanctions", "un-sanctions"])
        rows: list[Any] = [*Sanction.objects.filter(dataset__in=ids), *Person.objects.filter(unmatched=True)]
        rows += [*Organisation.objects.filter(unmatched=True), *Alias.objects.all(), *Identifier.objects.all()]
        rows += list(SearchEntry.objects.filter(type__in=["sanction", "person"], public_id__contains="-"))
        told = [str(value) for row in rows for name, value in vars(row).items() if name not in ("created", "updated")]
        assert {text for text in told if private.search(text)} == set()

    def test_public_roles_are_kept(self) -> None:
        comments = {entry("ofac-sdn", "ZORVAN STATE ARMS WORKS").comment, entry("eu-sanctions", "Anna Testova").comment}
        assert comments == {"", "Described there as: Member of the Parliament of Zorvan."}
        assert (
            entry("un-sanctions", "PYOTR TESTOV").comment
            == "Described there as: Deputy Minister of Arms; Governor of the North."
        )

    def test_what_is_left_out_is_said(self) -> None:
        for report in self.reports.values():
            assert any("are not" in sentence for _line, sentence in report.warnings)

    def test_a_group_without_a_primary_name_is_kept_with_a_warning(self) -> None:
        assert entry("uk-sanctions", "OLD HARBOUR").key == "80005"
        assert any("80005" in sentence for _line, sentence in self.reports["uk"].warnings)

    def test_quotes_and_line_ends_inside_of_cells(self) -> None:
        assert target(entry("uk-sanctions", '"ZAP TRADE" LLP')).name == '"ZAP TRADE" LLP'

    def test_the_same_again_changes_nothing(self) -> None:
        before = (
            Organisation.objects.count(),
            Person.objects.count(),
            Alias.objects.count(),
            Identifier.objects.count(),
        )
        for name, form in ALL:
            report = take_in(name, form, beside=SAMPLES / "ofac_alt.csv" if form == "ofac" else None)
            assert report.counts["new"] + report.counts["changed"] + report.counts["withdrawn"] == 0, form
        after = (
            Organisation.objects.count(),
            Person.objects.count(),
            Alias.objects.count(),
            Identifier.objects.count(),
        )
        assert after == before

    def test_all_is_as_the_actions_leave_it(self) -> None:
        assert list(actions.differences()) == []

    def test_names_that_were_added_have_their_history(self) -> None:
        rostec = Organisation.objects.get(public_id="rostec")
        assert rostec.history.first().history_change_reason == "Named in ofac_sdn.csv."


class TestEditions:
    def test_who_is_not_on_a_complete_list_any_more_was_so_once(self, seeded, tmp_path: Path) -> None:
        """A delisting ends a sanction and deletes nothing; who is listed again is so again."""
        take_in("uk.csv", "uk")
        newer = changed_copy(tmp_path, "uk.csv", ("10/04/2025", "01/05/2025"), encoding="utf-8")
        kept = [line for line in newer.read_text("utf-8").splitlines(keepends=True) if "ZAP TRADE" not in line]
        newer.write_text("".join(kept), "utf-8")
        assert take_in(newer, "uk").counts["ended"] == 0  # a file without --complete may be a piece
        report = take_in(newer, "uk", complete=True)
        assert (report.counts["ended"], report.counts["withdrawn"]) == (1, 0)
        row = entry("uk-sanctions", '"ZAP TRADE" LLP')
        assert (row.state, row.ended.edtf) == ("published", "../2025-05-01")
        assert take_in(newer, "uk", complete=True).counts["ended"] == 0
        again = take_in("uk.csv", "uk")
        assert again.counts["changed"] == 1
        assert entry("uk-sanctions", '"ZAP TRADE" LLP').ended is None
        assert list(actions.differences()) == []

    def test_a_new_name_in_a_newer_edition_is_added(self, seeded, tmp_path: Path) -> None:
        take_in("un.xml", "un")
        newer = changed_copy(tmp_path, "un.xml", ("ZRB &amp; Sons", "ZRB Brothers"), encoding="utf-8")
        report = take_in(newer, "un")
        assert report.counts["same"] == 2
        names = names_of(target(entry("un-sanctions", "ZORVAN ROCKET BUREAU")))
        assert {"ZRB & Sons", "ZRB Brothers"} <= names.keys()
        found = SearchEntry.objects.get(public_id=entry("un-sanctions", "ZORVAN ROCKET BUREAU").public_id)
        assert "ZRB Brothers" in found.readable

    def test_what_was_merged_stays_merged(self, seeded) -> None:
        take_in("eu.csv", "eu")
        one, other = Organisation.objects.filter(name="Heron").order_by("pk")
        row = Sanction.objects.get(target_rows__organisation=other)
        actions.put(
            model=Sanction,
            public_id=row.public_id,
            values={},
            parts={"targets": [{"organisation": one}]},
            reason="They are one.",
        )
        actions.merge(record=other, into=one, reason="They are one.")
        report = take_in("eu.csv", "eu")
        assert (report.counts["changed"], report.counts["new"]) == (0, 0)
        assert target(Sanction.objects.get(pk=row.pk)) == one


class TestFaults:
    @pytest.mark.parametrize(
        ("name", "form", "old", "new", "column", "said"),
        [
            ("ofac_sdn.csv", "ofac", '"vessel"', '"balloon"', "type", "individual, vessel"),
            ("ofac_sdn.csv", "ofac", "90002", "90001", "entity number", "more than one entry"),
            ("eu.csv", "eu", "12.9.2014", "32.9.2014", "startDate", "It is no day"),
            ("eu.csv", "eu", "Person", "Pirate", "schema", "A schema is one of"),
            ("uk.csv", "uk", "Ship", "Boat", "Group Type", "Entity, Individual"),
            ("uk.csv", "uk", ",80002", ",8000x", "Group ID", "A group has a number."),
            ("un.xml", "un", "ZOe.002", "", "reference", "letters and a number"),
        ],
    )
    def test_an_entry_that_cannot_be_read_is_refused_with_its_column(
        self, seeded, tmp_path: Path, name: str, form: str, old: str, new: str, column: str, said: str
    ) -> None:
        report = take_in(changed_copy(tmp_path, name, (old, new), encoding="utf-8"), form)
        assert not report.written
        assert column in {refusal.column for refusal in report.refusals}
        assert any(said in refusal.reason for refusal in report.refusals)

    @pytest.mark.parametrize(("name", "form"), ALL)
    def test_refused_rows_can_be_mended_and_imported(self, seeded, tmp_path: Path, name: str, form: str) -> None:
        old, new = {
            "ofac": ("ZORVAN STATE ARMS WORKS", "***"),
            "eu": ("Anna Testova", "***"),
            "uk": ("OLD HARBOUR", "***"),
            "un": ("ZORVAN ROCKET BUREAU", "***"),
        }[form]
        report = take_in(changed_copy(tmp_path, name, (old, new), encoding="utf-8"), form, allow_refusals=True)
        assert len(report.refusals) == 1
        out = tmp_path / "refused.csv"
        report.write_refusals(out)
        out.write_text(out.read_text("utf-8").replace(new, old), "utf-8")
        again = take_in(out, form)
        assert (again.counts["new"], again.refusals) == (1, [])
        whole = take_in(name, form)
        assert whole.counts["new"] + whole.counts["changed"] == 0

    def test_entities_that_unfold_without_end_are_refused(self, seeded, tmp_path: Path) -> None:
        bomb = tmp_path / "bomb.xml"
        bomb.write_text(
            '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
            "<CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>"
        )
        with pytest.raises(FileRefused, match="a document type is declared"):
            take_in(bomb, "un")

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("<CONSOLIDATED_LIST><INDIVIDUALS>", "no sound XML"),
            ("<html></html>", "its first element is html"),
            ("Name 6,Name 1\n", "no XML document"),
        ],
    )
    def test_what_is_no_list_of_the_united_nations(self, seeded, tmp_path: Path, text: str, said: str) -> None:
        path = tmp_path / "un.xml"
        path.write_text(text)
        with pytest.raises(FileRefused, match=said):
            take_in(path, "un")

    def test_a_header_that_somebody_put_on_ofacs_list(self, seeded, tmp_path: Path) -> None:
        path = tmp_path / "sdn.csv"
        header = "ID,Name,Type,Country,Title,Col_F,Col_G,Col_H,Col_I,Col_J,Col_K,Details\r\n"
        path.write_text(header + (SAMPLES / "ofac_sdn.csv").read_text())
        assert take_in(path, "ofac").counts["new"] == 6

    def test_columns_that_nobody_knows_are_named(self, seeded, tmp_path: Path) -> None:
        with pytest.raises(FileRefused, match="unknown: “Shoe Size”"):
            take_in(changed_copy(tmp_path, "uk.csv", ("Town of Birth", "Shoe Size"), encoding="utf-8"), "uk")

    def test_a_second_file_belongs_to_ofac_alone(self, seeded) -> None:
        with pytest.raises(FileRefused, match="No second file belongs to uk"):
            take_in("uk.csv", "uk", beside=SAMPLES / "ofac_alt.csv")
        with pytest.raises(FileRefused, match="line 1: it is no row of OFAC's other names"):
            take_in("ofac_sdn.csv", "ofac", beside=SAMPLES / "ofac_sdn.csv")
