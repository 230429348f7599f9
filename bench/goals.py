"""What the measures are held to: ratios within one run, since figures move from machine to machine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: The most that a page may cost against one of 10,000 lines, and the most megabytes of a worker.
GROWTH, MEMORY = 1.3, 250
_FEW = "10000"
#: The page that all others for people are held against.
_LIST = "HTML: list, largest supplier"


@dataclass(frozen=True)
class Goal:
    """One figure and its limit; no figure where the question is not answered, no limit where it cannot be told yet."""

    name: str
    got: float | None
    limit: float | None
    unit: str = "ms"
    at_least: bool = False

    @property
    def verdict(self) -> str:
        if self.got is None:
            return "not answered"
        if self.limit is None:
            return "not measured"
        return "met" if (self.got >= self.limit if self.at_least else self.got <= self.limit) else "MISSED"


class Judge:
    """Holds one run against the goals; `runs` are those of the same engine, by their number of lines."""

    def __init__(self, run: Mapping[str, Any], runs: Mapping[str, Any]) -> None:
        self.run = run
        self.runs = runs
        self.trivial = run["trivial"]["median"]

    def goals(self) -> Iterator[Goal]:
        """Every goal, in the order of the questions, then those of the whole run."""
        for question in self.run["questions"]:
            by_kind = getattr(self, "_" + question["kind"].replace(" ", "_"), None)
            if by_kind is not None:
                yield from by_kind(question)
        yield from self._of_run()

    @staticmethod
    def _got(question: Mapping[str, Any], who: str = "armsdb", what: str = "median") -> float | None:
        value = question["answers"].get(who, {}).get(what)
        return None if value is None else float(value)

    def _against(self, question: Mapping[str, Any], shares: Mapping[str, int]) -> Iterator[Goal]:
        for who, share in shares.items():
            theirs = self._got(question, who)
            if theirs is not None:
                yield Goal(f"{question['name']}: 1/{share} of {who}", self._got(question), theirs / share)

    def _against_sql(self, question: Mapping[str, Any], times: float, more: float = 0, what: str = "median") -> Goal:
        theirs = self._got(question, "sql")
        assert theirs is not None
        added = " + shaping" if more else ""
        name = f"{question['name']}: F + {times} SQL{added}" + (", p95" if what == "p95" else "")
        return Goal(name, self._got(question, "armsdb", what), self.trivial + times * theirs + more)

    def _page(self, question: Mapping[str, Any]) -> Iterator[Goal]:
        yield self._against_sql(question, 1.5, self.run["shaping"])
        yield from self._against(question, {"datasette": 3, "naive": 3})

    def _cursor(self, question: Mapping[str, Any]) -> Iterator[Goal]:
        first = self._named("first page by cursor")
        limit = None if first is None else self._got(first)
        yield Goal(f"{question['name']}: 1.3 first page", self._got(question), limit and 1.3 * limit)

    def _word(self, question: Mapping[str, Any]) -> Iterator[Goal]:
        yield self._against_sql(question, 2)
        yield from self._against(question, {"datasette": 10})

    def _facets(self, question: Mapping[str, Any]) -> Iterator[Goal]:
        theirs = self._got(question, "sql")
        if theirs is not None and theirs > 50:
            yield from self._against(question, {"sql": 8})
        else:
            yield self._against_sql(question, 1.5)
        yield from self._against(question, {"datasette": 15})

    def _facets_of_a_word(self, question: Mapping[str, Any]) -> Iterator[Goal]:
        yield from self._against(question, {"sql": 4, "datasette": 15})

    def _suggest(self, question: Mapping[str, Any]) -> Iterator[Goal]:
        yield self._against_sql(question, 3, what="p95")

    def _picture(self, question: Mapping[str, Any]) -> Iterator[Goal]:
        page = self._named(_LIST)
        limit = None if page is None else self._got(page)
        yield Goal(f"{question['name']}: 3 x the list page", self._got(question), limit and 3 * limit)

    def _named(self, name: str, run: Mapping[str, Any] | None = None) -> Mapping[str, Any] | None:
        questions = (self.run if run is None else run)["questions"]
        return next((question for question in questions if question["name"] == name), None)

    def _of_run(self) -> Iterator[Goal]:
        rates = self.run["requests_a_second"]
        for who, times in (("naive", 4 if self.run["engine"] == "sqlite" else 1.7), ("datasette", 5)):
            if who in rates:
                yield Goal(f"four clients: {times} x {who}", rates["armsdb"], times * rates[who], "a second", True)
        html, api = self._named(_LIST), self._named("page, largest supplier")
        if html and api:
            limit = self._got(api)
            yield Goal("HTML: list: 3 x the list of the API", self._got(html), limit and 3 * limit)
        few, many = self.runs.get(_FEW), self._named("page, largest supplier")
        if many and str(self.run["lines"]) != _FEW:
            page = few and self._named("page, largest supplier", few)
            small = self._got(page) if page else None
            yield Goal(f"page, largest supplier: {GROWTH} x at 10,000", self._got(many), small and GROWTH * small)
        yield Goal("memory of a worker", self.run["memory"]["armsdb"], MEMORY, "MB")
        edit = self.run["edit"]
        yield Goal("a single edit: 3 x without what is kept", edit["edit"], 3 * edit["bare"])
