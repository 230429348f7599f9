"""The desk's pages of imports: what came in, what was left out, and what was refused and can be mended."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from armsdb.importers import refusals as refusing
from armsdb.lib.moments import moment
from armsdb.models import Dataset, DatasetVersion, ImportRun
from tests import factories
from tests.importers.reading import changed_copy, take_in
from tests.web.reading import Reading

pytestmark = pytest.mark.django_db
LIST = reverse("admin:armsdb_importrun_changelist")


def address(run: ImportRun) -> str:
    return reverse("admin:armsdb_importrun_change", args=[run.pk])


def download(run: ImportRun) -> str:
    return reverse("admin:armsdb_importrun_refused", args=[run.pk])


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A register with a number that is none, in a deal of three rows."""
    return changed_copy(tmp_path, "sipri_17.csv", (",3,Yes,2004,Yes", ",many,Yes,2004,Yes"))


def made(name: str = "rows.csv", dataset: str = "Tests", **values: Any) -> ImportRun:
    edition, _new = DatasetVersion.objects.get_or_create(dataset=factories.dataset(dataset), label="1")
    return ImportRun.objects.create(version=edition, file_name=name, file_sha256="0" * 64, **values)


def dataset_of(run: ImportRun) -> Dataset:
    """The dataset of a run of which something was written."""
    assert run.version is not None
    return run.version.dataset


def refusals(number: int) -> list[dict[str, Any]]:
    reason = "It is no number."
    told = {"column": "Numbers", "value": "<b>many</b>", "reason": reason, "nearest": "", "cells": ["1", "=2"]}
    return [{"line": line, **told} for line in range(1, number + 1)]


def test_a_run_is_told_with_its_file_its_counts_and_what_was_refused(seeded, editing: Client, bad: Path) -> None:
    """Guards whoever has to know what an import did, long after its terminal was closed."""
    take_in(bad, dataset="mended", allow_refusals=True)
    run = ImportRun.objects.get()
    listed = editing.get(LIST).content.decode()
    assert "9 new, 0 changed, 0 withdrawn, 0 same, 3 refused" in listed
    assert "the command line" in listed
    text = Reading(editing.get(address(run)).content.decode()).text
    for words in (
        hashlib.sha256(bad.read_bytes()).hexdigest(),
        "9 new, 0 changed, 0 withdrawn, 0 same, 3 refused",
        "Numbers delivered",
        "many",
        moment(run.started),
    ):
        assert words in text
    assert "Only the first" not in text


def test_a_run_that_wrote_nothing_is_told_and_can_be_mended(seeded, editing: Client, bad: Path, tmp_path: Path) -> None:
    """Guards whoever has to know why a register is not there, and has no terminal of that day."""
    report = take_in(bad, dataset="mended")
    run = ImportRun.objects.get()
    assert (run.is_written, run.user, report.written) == (False, None, False)
    assert run.ended is not None
    assert "Nothing was written: 3 rows were refused." in editing.get(LIST).content.decode()
    text = Reading(editing.get(address(run)).content.decode()).text
    for words in (
        "Nothing was written: 3 rows were refused.",
        "Of 12 rows that were read; without those refused it would have been: 9 new",
        "meant for mended, edition 2025-02-03",
        hashlib.sha256(bad.read_bytes()).hexdigest(),
        "many",
    ):
        assert words in text
    mended = tmp_path / "mended.csv"
    mended.write_bytes(editing.get(download(run)).content.replace(b",many,Yes", b",3,Yes"))
    assert take_in(mended, dataset="mended").counts["new"] == 1


def test_a_run_that_wrote_nothing_is_found_by_the_dataset_that_it_was_meant_for(editing: Client) -> None:
    of_one = made("one.csv")
    meant = {"version": None, "meant_edition": "2", "counts": {"read": 4, "refused": 1}}
    for name, dataset in (("ours.csv", dataset_of(of_one).public_id), ("theirs.csv", "elsewhere")):
        ImportRun.objects.create(file_name=name, file_sha256="0" * 64, meant_dataset=dataset, **meant)
    page = editing.get(LIST, {"version__dataset__id__exact": dataset_of(of_one).pk}).content.decode()
    assert [name in page for name in ("one.csv", "ours.csv", "theirs.csv")] == [True, True, False]
    assert "Nothing was written: 1 row was refused." in page


def test_a_run_without_a_format_has_a_name_for_it(editing: Client) -> None:
    """Guards who hears the filter's links read out: an empty one leads nobody anywhere."""
    made("one.csv", format="sipri"), made("two.csv")
    assert editing.get(LIST).content.decode().count("not stated") == 2  # in the filter, and in the row


def test_what_is_downloaded_can_be_mended_and_imported(seeded, editing: Client, bad: Path, tmp_path: Path) -> None:
    """Guards the form of the file: the very one that the option of the import writes."""
    report = take_in(bad, dataset="mended", allow_refusals=True)
    answer = editing.get(download(ImportRun.objects.get()))
    written = tmp_path / "written.csv"
    report.write_refusals(written)
    assert answer.content == written.read_bytes()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    mended = tmp_path / "mended.csv"
    mended.write_bytes(answer.content.replace(b",many,Yes", b",3,Yes"))
    assert take_in(mended, dataset="mended").sentence() == "1 new, 0 changed, 0 withdrawn, 0 same, 0 refused"


def test_warnings_are_kept(seeded, editing: Client) -> None:
    report = take_in("sipri_17.csv")
    assert report.warnings
    page = Reading(editing.get(address(ImportRun.objects.get())).content.decode()).text
    for _line, sentence in report.warnings:
        assert sentence in page


def test_refusals_that_are_not_kept_are_told(
    seeded, editing: Client, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards readers of a list that ends before the refusals do; by number and by size."""
    for cap, most, kept in (("KEPT", 2, 2), ("KEPT_LETTERS", 200, 2), ("KEPT_LETTERS", 1, 0)):
        monkeypatch.setattr(refusing, "KEPT", 1000)
        monkeypatch.setattr(refusing, cap, most)
        take_in(bad, dataset=f"{cap}-{most}".lower().replace("_", "-"), allow_refusals=True)
        run = ImportRun.objects.latest("pk")
        assert len(run.refusals) == kept
        text = Reading(editing.get(address(run)).content.decode()).text
        told = "Only the first 2 of 3 refused rows" if kept else "3 rows were refused; which ones is not kept here"
        assert told in text


def test_refusals_stand_on_pages(editing: Client) -> None:
    """Fifty a page; a page that is not there is a 404, and what a file holds stays text."""
    run = made(refusals=refusals(51), columns=["Id", "Numbers"], counts={"refused": 51})
    first, second = (editing.get(address(run), {"page": number}).content.decode() for number in (1, 2))
    assert ("Page 1 of 2" in first, first.count("It is no number.")) == (True, 50)
    assert ("Page 2 of 2" in second, second.count("It is no number.")) == (True, 1)
    assert "<b>many" not in first
    for page in ("3", "0", "x", "9" * 30):
        assert editing.get(address(run), {"page": page}).status_code == 404


def test_runs_are_filtered_by_dataset_and_format(editing: Client) -> None:
    one, two = made("one.csv", format="sipri"), made("two.csv", "Others", format="eu")
    for query in ({"format": "sipri"}, {"version__dataset__id__exact": dataset_of(one).pk}):
        page = editing.get(LIST, query).content.decode()
        assert (one.file_name in page, two.file_name in page) == (True, False)


@pytest.mark.parametrize("number", ["0", "x", "9" * 30])
def test_a_run_that_is_not_there_is_told(editing: Client, number: str) -> None:
    for rest in ("change/", "refused.csv"):
        assert editing.get(f"{LIST}{number}/{rest}").status_code == 404


def test_nothing_is_written_here(admin_client: Client) -> None:
    """Guards the record of what came in against everybody, superusers too."""
    run = made()
    for way in (address(run), download(run)):
        assert admin_client.post(way, {"file_name": "other.csv"}).status_code == 405
    assert admin_client.get(f"{LIST}add/").status_code == 403
    assert ImportRun.objects.get().file_name == "rows.csv"


def test_pages_need_as_many_queries_for_twenty_as_for_one(editing: Client) -> None:
    """A list that asks for each row, or a page that asks for each refusal.

    The queries: session, account, its groups, its second factor, the session's new end; permissions of the account and
    of its groups; the filters' choices (datasets, formats); how many rows, the rows; of one run: the run.
    """
    counts = []
    for number in (1, 19):
        for count in range(number):
            run = made(f"{count}.csv", f"Set {number} {count}", refusals=refusals(number), counts={"refused": number})
        for way in (LIST, address(run)):
            with CaptureQueriesContext(connection) as queries:
                assert editing.get(way).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 12
