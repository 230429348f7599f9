"""Releases: the same of an unchanged database, whole or not made, nothing that may not be passed on, and the delta."""

import csv
import io
import json
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from django.core.management import CommandError, call_command

from armsdb import actions
from armsdb.exporters import Kind, tables
from armsdb.exporters.releases import Release, causes, checking, making, releases_in, writing
from armsdb.lib.jobs import RELEASE
from armsdb.lib.vocab import State, Terms
from armsdb.models import Citation, Dataset, Job, Source, Transfer
from tests import factories
from tests.editing import Editor
from tests.importers.reading import changed_copy, take_in
from tests.importers.test_runs import FALCON

#: A word that only rows have which may not be passed on.
WORD = "zzwithheld"
SITE = "https://arms.example.org"


def release(folder: Path, **options: Any) -> Release:
    """The newest release, after one was asked for."""
    call_command("release", folder=folder, site=SITE, stdout=io.StringIO(), **options)
    return releases_in(folder)[0]


def files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in writing.names_in(folder)}


def rows(one: Release, table: str) -> list[dict[str, str]]:
    with (one.folder / f"csv/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def change(line: str = "articles-t44", **values: Any) -> None:
    actions.put(model=Transfer, public_id=line, values=values or {"comment": "Otherwise."}, reason="For a test.")


def test_an_unchanged_database_gives_the_same_bytes(seeded: None, tmp_path: Path) -> None:
    first, second = release(tmp_path / "a"), release(tmp_path / "b")
    assert files(first.folder) == files(second.folder)
    assert release(tmp_path / "a") == first
    assert [one.name for one in releases_in(tmp_path / "a")] == [first.moment.date().isoformat()]
    assert [path.name for path in (tmp_path / "a").iterdir()] == [first.name]  # no draft is left


def test_every_form_has_every_row_and_says_the_same(seeded: None, tmp_path: Path) -> None:
    one = release(tmp_path)
    with closing(sqlite3.connect(one.folder / "armsdb.sqlite")) as database:
        for model, table in tables().items():
            told = rows(one, model.COLLECTION)
            assert len(told) == one.rows()[model.COLLECTION] > 0
            assert [row["id"] for row in told] == sorted(row["id"] for row in told)
            numbers = {column.name for column in table.columns if column.kind in (Kind.NUMBER, Kind.WHOLE)}
            lines = [
                json.loads(line) for line in (one.folder / f"jsonl/{model.COLLECTION}.jsonl").read_bytes().splitlines()
            ]
            typed = pyarrow.parquet.read_table(one.folder / f"parquet/{model.COLLECTION}.parquet").to_pylist()
            kept = database.execute(f'SELECT * FROM "{model.COLLECTION}" ORDER BY id').fetchall()
            for row, line, packed, stored in zip(told, lines, typed, kept, strict=True):
                assert list(row) == list(line) == list(packed)
                for name, of_database in zip(row, stored, strict=True):
                    values = [line[name], packed[name], of_database]
                    if name in numbers:
                        assert [value and float(value) for value in values] == [
                            (row[name] and float(row[name])) or None
                        ] * 3
                    else:
                        assert (row[name] == "") == (values == [None] * 3)
                        assert isinstance(line[name], bool) or line[name] in (None, row[name], row[name][1:])


def test_a_second_release_of_a_day_has_a_number(seeded: None, tmp_path: Path) -> None:
    first = release(tmp_path)
    for number in (2, 3):
        change(comment=f"Comment {number}.")
        assert release(tmp_path).name == f"{first.name}.{number}"
    told = json.loads((releases_in(tmp_path)[0].folder / "delta/delta.json").read_bytes())
    assert told["from"]["release"] == f"{first.name}.2"


def test_what_may_not_be_passed_on_is_in_no_file(seeded: None, tmp_path: Path) -> None:
    """The word stands in a line, its passage, and the name of a line that an open one returns."""
    closed = factories.dataset("Closed register", terms=Terms.CLOSED, licence="not to be passed on")
    line = factories.transfer("Z1", dataset=closed, comment=WORD, supplier_as_stated=WORD,
                              citations=[{"note": WORD, "attributed_to": WORD}])  # fmt: skip
    Transfer.objects.filter(pk=line.pk).update(name=f"A line of {WORD}")
    change(returns=line)
    one = release(tmp_path)
    assert [name for name, body in files(one.folder).items() if WORD.encode() in body] == []
    withheld = {told["table"]: told for told in one.package["withheld"]}
    assert {table: told["rows"] for table, told in withheld.items()} == {"transfers": 1, "citations": 1}
    assert withheld["transfers"]["dataset"] == closed.public_id
    assert "closed" in withheld["transfers"]["why"]
    assert "Closed register: 1 rows of transfers" in (one.folder / "README.md").read_text()
    Dataset.objects.filter(pk=closed.pk).update(terms=Terms.OPEN)
    opened = release(tmp_path / "open")  # the same word is found once it may be
    assert WORD in (opened.folder / "csv/transfers.csv").read_text()


def test_drafts_are_in_no_file(seeded: None, tmp_path: Path) -> None:
    factories.transfer("Z2", published=False, comment=WORD)
    Citation.objects.filter(public_id="articles-t44-c1").update(state=State.DRAFT, note=WORD)
    assert not any(WORD.encode() in body for body in files(release(tmp_path).folder).values())


def test_the_package_tells_what_is_there(seeded: None, tmp_path: Path) -> None:
    one = release(tmp_path)
    for name, digest in one.sums.items():
        assert writing.measured(one.folder, name).sha256 == digest
    assert set(one.sums) == set(writing.names_in(one.folder)) - {"SHA256SUMS"}
    transfers = next(told for told in one.package["resources"] if told["name"] == "transfers")
    assert transfers["bytes"] == (one.folder / "csv/transfers.csv").stat().st_size
    assert transfers["hash"] == f"sha256:{one.sums['csv/transfers.csv']}"
    assert all(field["description"] for field in transfers["schema"]["fields"])
    assert {"fields": "supplier", "reference": {"resource": "countries", "fields": "id"}} in transfers["schema"][
        "foreignKeys"
    ]
    assert transfers["licenses"][0]["title"].startswith("Two articles on the arms trade of Myanmar")
    assert "Cite as" in (one.folder / "README.md").read_text()
    assert f'version: "{one.package["version"]}"' in (one.folder / "CITATION.cff").read_text()


# What is refused


def spoil(form: str) -> Callable[[Path], None]:
    def shorten(folder: Path) -> None:
        path = folder / f"{form}/people.{form}"
        path.write_bytes(path.read_bytes()[:-20])

    return shorten


def lose_a_row(folder: Path) -> None:
    path = folder / "jsonl/people.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[1:]))


def spoil_database(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "armsdb.sqlite")) as database:
        database.execute("DELETE FROM countries WHERE id = 'russia'")
        database.commit()


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        (spoil("csv"), "csv/people.csv"),
        (spoil("jsonl"), "jsonl/people.jsonl does not parse"),
        (spoil("parquet"), "parquet/people.parquet does not parse"),
        (lose_a_row, "jsonl/people.jsonl has 19 rows, and the database 20"),
        (spoil_database, "refers to one that countries does not have"),
    ],
)
def test_a_file_that_is_not_whole_is_no_release(
    seeded: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoiled: Callable[[Path], None], said: str
) -> None:
    def spoil_first(folder: Path, *others: Any) -> Any:
        spoiled(folder)
        return checking.faults(folder, *others)

    monkeypatch.setattr(making, "faults", spoil_first)
    with pytest.raises(CommandError, match=said):
        release(tmp_path, yes=True)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_table_and_lost_rows_need_a_yes(seeded: None, tmp_path: Path) -> None:
    first = release(tmp_path)
    for line in Transfer.objects.filter(public_id__in=("articles-t01", "articles-t02")):
        Transfer.objects.filter(pk=line.pk).update(state=State.WITHDRAWN, state_reason="For a test.")
    change()
    with pytest.raises(CommandError, match=r"transfers has 60 rows, and the release before 62.[\s\S]*--yes"):
        release(tmp_path)
    assert releases_in(tmp_path) == [first]
    assert release(tmp_path, yes=True).rows()["transfers"] == 60


def test_it_is_kept_when_one_was_made_and_why_one_was_not(seeded: None, tmp_path: Path) -> None:
    """Guards what /health/ready/ and the desk tell of releases."""
    release(tmp_path)
    made = Job.objects.get(name=RELEASE)
    assert made.ended
    assert made.told.endswith(" rows")
    gone = Transfer.objects.filter(public_id__in=("articles-t01", "articles-t02"))
    gone.update(state=State.WITHDRAWN, state_reason="For a test.")
    change()
    with pytest.raises(CommandError):
        release(tmp_path)
    failed = Job.objects.get(name=RELEASE)
    assert failed.ended == made.ended
    assert failed.failed
    assert "transfers" in failed.failure


def test_of_an_empty_database_none_is_made(empty: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nothing was published yet"):
        release(tmp_path)


def test_a_release_that_dies_half_way_leaves_nothing(
    seeded: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_arguments: Any, **_options: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making.telling, "write", die)
    with pytest.raises(CommandError, match="No space left on device"):
        release(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_next_release_takes_away_what_a_killed_one_left(seeded: None, tmp_path: Path) -> None:
    left = tmp_path / ".making-1234-killed"
    (left / "csv").mkdir(parents=True)
    (left / "csv/transfers.csv").write_text("id,na")
    one = release(tmp_path)
    assert list(tmp_path.iterdir()) == [one.folder]


def test_two_releases_are_not_made_at_once(seeded: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards the one that is being made: the other one would take its folder for a leftover."""
    refused = []

    def ask_again(*arguments: Any) -> Any:
        with pytest.raises(CommandError, match="Another release is being made"):
            release(tmp_path)
        refused.append(True)
        return checking.faults(*arguments)

    monkeypatch.setattr(making, "faults", ask_again)
    one = release(tmp_path)
    assert refused == [True]
    assert list(tmp_path.iterdir()) == [one.folder]


# The delta


def applied(earlier: Release, later: Release, folder: Path) -> dict[str, bytes]:
    """What the script of a release makes of the one before."""
    command: list[str | Path] = [
        sys.executable,
        later.folder / "apply.py",
        earlier.folder,
        later.folder / "delta",
        folder,
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return files(folder)


def texts(one: Release) -> dict[str, bytes]:
    return {name: body for name, body in files(one.folder).items() if name.startswith(("csv/", "jsonl/"))}


def changes(one: Release) -> dict[str, tuple[str, str]]:
    with (one.folder / "delta/changes.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: (row["change"], row["why"]) for row in csv.DictReader(file)}


@pytest.mark.walk
def test_the_delta_makes_the_next_release_after_500_random_edits(
    seeded: None, registers: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor, draw = Editor(7), random.Random(7)
    earlier = release(tmp_path, yes=True)
    made = 0
    while made < 500:
        made += editor.edit()
        if draw.random() < 0.02:  # texts that other readers of CSV trip over
            line = draw.choice(list(Transfer.objects.published()))
            change(line.public_id, comment=f'=1+{made},"é"\r\n\'2')
    later = release(tmp_path, yes=True)
    assert {change for change, _why in changes(later).values()} == {"added", "changed", "withdrawn"}
    assert applied(earlier, later, tmp_path / "applied") == texts(later)


def test_a_delta_of_another_release_is_refused(seeded: None, tmp_path: Path) -> None:
    first = release(tmp_path)
    change(comment="One.")
    second = release(tmp_path)
    change(comment="Two.")
    third = release(tmp_path)
    command: list[str | Path] = [
        sys.executable,
        third.folder / "apply.py",
        first.folder,
        third.folder / "delta",
        tmp_path / "x",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "is not the file that this delta was made from" in done.stderr
    assert applied(second, third, tmp_path / "y") == texts(third)


def test_other_columns_change_every_row(seeded: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(causes, "MEANWHILE", timedelta())
    earlier = release(tmp_path)
    fewer = {
        model: table.of([one.key for one in table.columns if one.name != "page"]) for model, table in tables().items()
    }
    monkeypatch.setattr(making, "tables", lambda: fewer)
    later = release(tmp_path)
    assert set(changes(later).values()) == {("changed", causes.PROCESSING)}
    assert applied(earlier, later, tmp_path / "applied") == texts(later)


def test_the_delta_says_whether_the_source_changed_or_we_did(
    seeded: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor changes a line and adds one; a document goes by another name; an edition changes, adds, withdraws."""
    monkeypatch.setattr(causes, "MEANWHILE", timedelta())
    take_in("sipri_17.csv")
    Dataset.objects.update(terms=Terms.OPEN)
    release(tmp_path, yes=True)
    change("articles-t44")
    added = factories.transfer("Z3")
    actions.put(model=Source, public_id="article-b", values={"name": "Article B"}, reason="For a test.")
    new = FALCON.replace("900001", "900099").replace("Falcon-1", "Falcon-2")
    take_in(changed_copy(tmp_path, "sipri_17.csv", (FALCON, new), (",3,Yes,2004", ",4,Yes,2004"),
                         ("3 Feb 2025", "4 Mar 2026")))  # fmt: skip
    later = changes(release(tmp_path, yes=True))
    assert later["articles-t44"] == ("changed", causes.EDITORS)
    assert later[added.public_id] == ("added", causes.EDITORS)
    assert later["article-b"] == ("changed", causes.EDITORS)
    assert later["articles-t44-c1"] == ("changed", causes.PROCESSING)  # nobody wrote to it
    assert later["sipri-17-900003"] == ("changed", causes.SOURCE)
    assert later["sipri-17-900001"] == ("withdrawn", causes.SOURCE)
    assert later["sipri-17-900099"] == ("added", causes.SOURCE)
    assert later["sipri-17-900099-c1"] == ("added", causes.SOURCE)
