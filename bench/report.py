"""The figures in words and tables: printed after a run, and written into docs/performance.md.

python -m bench.report        writes the tables of the largest run of each engine, from bench/results.json
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.goals import Judge

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results.json"
DOCUMENT = ROOT / "docs" / "performance.md"
_BEGIN, _END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
_WHO = {"sql": "best SQL", "armsdb": "ArmsDB", "naive": "naive DRF", "datasette": "Datasette"}
_ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def load() -> dict[str, dict[str, Any]]:
    """The last run of each engine and number of lines."""
    kept: dict[str, dict[str, Any]] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    return kept


def keep(run: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Put a run in the place of the last one like it."""
    kept = load()
    kept.setdefault(run["engine"], {})[str(run["lines"])] = dict(run)
    RESULTS.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
    return kept


def told(run: Mapping[str, Any], runs: Mapping[str, Any]) -> Iterator[str]:
    """A run as Markdown: the machine, the questions with median / p95 and ratios, the goals."""
    who = [name for name in _WHO if any(name in question["answers"] for question in run["questions"])]
    yield f"### {_ENGINES[run['engine']]} {run['version']}, {run['lines']:,} transfers\n"
    yield f"{run['day']}, {run['machine']}. Milliseconds, median / p95.\n"
    yield f"| question | {' | '.join(_WHO[name] for name in who)} | ArmsDB / SQL | {' | '.join(_ratio_heads(who))} |"
    yield "|---" * (2 + len(who) + len(list(_ratio_heads(who)))) + "|"
    for question in run["questions"]:
        yield _line(question, who)
    yield ""
    yield from _rest(run)
    yield ""
    yield from _goals(run, runs)
    yield ""
    yield from _slower(run)


def _ratio_heads(who: list[str]) -> Iterator[str]:
    return (f"{_WHO[name]} / ArmsDB" for name in who if name not in ("sql", "armsdb"))


def _line(question: Mapping[str, Any], who: list[str]) -> str:
    answers = question["answers"]
    own = answers.get("armsdb", {}).get("median")
    cells = [_cell(answers.get(name)) for name in who]
    ratios = [_ratio(own, answers.get("sql", {}).get("median"))]
    ratios += [_ratio(answers.get(name, {}).get("median"), own) for name in who if name not in ("sql", "armsdb")]
    return f"| {question['name']}{_disagreement(answers)} | {' | '.join([*cells, *ratios])} |"


def _cell(answer: Mapping[str, Any] | None) -> str:
    if answer is None:
        return ""
    if "median" not in answer:
        return f"not answered ({answer['status'] or 'in a minute'})"
    return f"{_ms(answer['median'])} / {_ms(answer['p95'])}"


def _ms(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def _ratio(one: float | None, other: float | None) -> str:
    return f"{one / other:.1f}" if one and other else ""


def _disagreement(answers: Mapping[str, Any]) -> str:
    """The counts, where they differ."""
    counts = {name: answer["count"] for name, answer in answers.items() if answer.get("count") is not None}
    if len(set(counts.values())) < 2:
        return ""
    return f" (counts differ: {', '.join(f'{_WHO[name]} {count:,}' for name, count in counts.items())})"


def _rest(run: Mapping[str, Any]) -> Iterator[str]:
    yield f"- F, the trivial view of the same server: {_ms(run['trivial']['median'])} ms"
    yield f"- shaping and encoding 50 rows with their citations: {_ms(run['shaping'])} ms"
    rates = ", ".join(f"{_WHO[name]} {rate:,.0f}" for name, rate in run["requests_a_second"].items())
    yield f"- requests a second, four clients, list of a medium supplier: {rates}"
    memory = ", ".join(f"{_WHO[name]} {held:.0f}" for name, held in run["memory"].items())
    yield f"- memory of the worker after the run, MB: {memory}"
    if run["cursor_row"]:
        yield f"- the page far down by cursor begins at row {run['cursor_row']:,}"
    edit, bare, renewal = (_ms(run["edit"][name]) for name in ("edit", "bare", "renewal"))
    yield f"- one edit through the actions: {edit} ms, {bare} without index, data version and log of moves"
    yield f"- to read anew in memory what an edit moved, which the next reader waits for: {renewal} ms"


def _goals(run: Mapping[str, Any], runs: Mapping[str, Any]) -> Iterator[str]:
    goals = list(Judge(run, runs).goals())
    yield f"{sum(goal.verdict == 'met' for goal in goals)} of {len(goals)} goals are met.\n"
    yield "| goal | ArmsDB | limit | |"
    yield "|---|---|---|---|"
    for goal in goals:
        got = "" if goal.got is None else f"{_ms(goal.got)} {goal.unit}"
        limit = "" if goal.limit is None else f"{'at least ' if goal.at_least else ''}{_ms(goal.limit)} {goal.unit}"
        yield f"| {goal.name} | {got} | {limit} | {goal.verdict} |"


def _slower(run: Mapping[str, Any]) -> Iterator[str]:
    """Where another contestant over HTTP is quicker."""
    found = []
    for question in run["questions"]:
        own = question["answers"].get("armsdb", {}).get("median")
        for name in ("naive", "datasette"):
            theirs = question["answers"].get(name, {}).get("median")
            if own and theirs and theirs < own:
                found.append(f"{question['name']} ({_WHO[name]}: {_ms(theirs)} ms)")
    yield f"ArmsDB is slower than another here: {'; '.join(found)}." if found else "ArmsDB is slower than nobody here."


def write() -> None:
    """Put the tables of the largest run of each engine into the document, between its marks."""
    before, rest = DOCUMENT.read_text(encoding="utf-8").split(_BEGIN)
    after = rest.split(_END)[1]
    tables = [
        "\n".join(told(runs[max(runs, key=int)], runs)) + "\n" for _engine, runs in sorted(load().items(), reverse=True)
    ]
    DOCUMENT.write_text(f"{before}{_BEGIN}\n" + "\n".join(tables) + f"\n{_END}{after}", encoding="utf-8")


if __name__ == "__main__":
    write()
