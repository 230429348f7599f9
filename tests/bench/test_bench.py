"""The benchmark measures what it says: the same lines each time, sound ones, and the same answers from everybody."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bench import lines, made_names, measuring, servers, sql
from bench.asked import OK, Workload
from bench.best import Best
from bench.goals import Goal, Judge
from bench.loading import label
from bench.workloads import workloads

from .conftest import NUMBER, run

pytestmark = pytest.mark.walk

#: Questions to which everybody has the same count; the naive site counts years otherwise, and names for ten at a time.
COUNTED = {"page", "cursor", "word", "facets", "facets of a word", "record", "csv", "totals"}


def test_the_same_number_makes_the_same_lines() -> None:
    """Guards comparisons of runs that were made apart."""
    assert list(lines.lines(NUMBER)) == list(lines.lines(NUMBER))
    assert made_names.companies(50) == made_names.companies(50)


def test_lines_are_skewed_as_real_ones_are() -> None:
    """Guards what the questions are about: a largest supplier, a broad word, passages, missing dates."""
    made = list(lines.lines(20_000))
    shares = [sum(line.supplier == 0 for line in made), sum(lines.BROAD_WORD in line.comment.lower() for line in made)]
    assert [round(100 * share / len(made)) for share in shares] == [26, 24]
    assert round(sum(len(line.passages) for line in made) / len(made), 1) == 1.5
    assert round(sum(len(line.companies) for line in made) / len(made), 2) == pytest.approx(0.55, abs=0.02)
    assert any(not (line.ordered or line.delivered or line.talked) for line in made)
    assert {line.delivered[:4] for line in made} >= {"1950", "2025"}


def test_what_is_made_is_sound(url: str) -> None:
    """Guards measures against rows that the site itself would never write."""
    assert "Sound" in run(url, "manage.py", "check_integrity")


def test_nothing_is_made_twice_or_beside_other_records(url: str) -> None:
    """Guards a database that is somebody's from made-up lines."""
    assert "already" in run(url, "-m", "bench.loading", str(NUMBER))
    assert "holds" in run(url, "-m", "bench.loading", str(NUMBER + 1))


def test_everybody_counts_the_same(url: str, tmp_path: Path, monkeypatch: Any) -> None:
    """Guards ratios between answers to different questions; who does not answer yet is known by that alone."""
    monkeypatch.setattr(servers, "VAR", tmp_path)
    best = Best(url)
    best.make(label(NUMBER))
    questions = workloads(sql.known(best, 0.9), "lines")
    with closing(best), servers.running(servers.django_sites(url)) as sites:
        cursor, reached = measuring.cursor_at(sites["armsdb"], sql.known(best, 0.9)["row"])
        told = {
            question.name: (question, measuring.contests(question, best, sites, cursor))
            for question in questions
            if question.kind in COUNTED
        }
    assert len(told) == 20
    assert cursor is not None
    assert reached == 250
    for name, (question, contests) in told.items():
        assert _counts(question, contests) == {contests["sql"].answers.count}, name
    answered = {name for name, (_, contests) in told.items() if contests["armsdb"].answers.status == OK}
    assert answered >= {"page, no filter", "page, years and supplier", "page, broad word", "record with its passages"}


def test_an_edit_is_measured_and_taken_back(url: str) -> None:
    """Guards the cost of an edit, which reaches into what edits keep up to date, against changes there."""
    told = json.loads(run(url, "-m", "bench.editing"))
    assert told["edit"] > told["bare"] > 0
    assert "Sound" in run(url, "manage.py", "check_integrity")


def test_files_are_held_against_the_same_lines_and_columns(url: str) -> None:
    """Guards the ratio between a file and a bare cursor: neither leaves out what the other writes."""
    bare, csv = (json.loads(run(url, "-W", "ignore", "-m", "bench.files", str(NUMBER), way)) for way in ("bare", "csv"))
    assert bare["rows"] == csv["rows"] == NUMBER
    assert bare["bytes"] == pytest.approx(csv["bytes"], rel=0.03)


def _counts(question: Workload, contests: dict[str, measuring.Contest]) -> set[int | None]:
    others = {"armsdb"} if question.kind == "totals" else {"armsdb", "naive"}
    return {
        contest.answers.count
        for name, contest in contests.items()
        if name == "sql" or (name in others and contest.answers.status == OK)
    }


def test_a_goal_is_met_missed_or_said_to_be_open() -> None:
    """Guards the verdicts: what is not answered is never met."""
    verdicts = [
        Goal("a", 1, 2),
        Goal("a", 3, 2),
        Goal("a", 3, 2, at_least=True),
        Goal("a", None, 2),
        Goal("a", 1, None),
    ]
    assert [goal.verdict for goal in verdicts] == ["met", "MISSED", "met", "not answered", "not measured"]


def test_pages_are_held_to_the_cost_of_what_they_cannot_do_without() -> None:
    """Guards the first goal: F, one and a half times the SQL, and the shaping of the rows."""
    answers = {"sql": {"median": 4.0}, "armsdb": {"median": 8.6}, "naive": {"median": 24.0}}
    run: dict[str, Any] = {
        "engine": "sqlite",
        "lines": NUMBER,
        "questions": [{"name": "page", "kind": "page", "answers": answers}],
        "trivial": {"median": 1.0},
        "shaping": 1.5,
        "requests_a_second": {"armsdb": 10.0, "naive": 1.0},
        "memory": {"armsdb": 90.0},
        "edit": {"edit": 20.0, "bare": 10.0, "renewal": 1.0},
    }
    first, naive, *_rest = Judge(run, {}).goals()
    assert (first.limit, first.verdict) == (8.5, "MISSED")
    assert (naive.limit, naive.verdict) == (8.0, "MISSED")


def test_pictures_are_held_to_three_times_the_list_page() -> None:
    """Guards the goal of the pages to explore, and that it is open where the list was not asked."""
    pages = {"explore: map": ("picture", 7.0), "HTML: list, largest supplier": ("html", 2.0)}
    questions = [
        {"name": name, "kind": kind, "answers": {"armsdb": {"median": median}}}
        for name, (kind, median) in pages.items()
    ]
    run: dict[str, Any] = {"questions": questions, "trivial": {"median": 1.0}}
    goal = next(Judge(run, {}).goals())
    assert (goal.name, goal.limit, goal.verdict) == ("explore: map: 3 x the list page", 6.0, "MISSED")
    assert next(Judge(run | {"questions": questions[:1]}, {}).goals()).verdict == "not measured"
