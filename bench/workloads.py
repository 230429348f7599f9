"""The questions that are measured, as each contestant is asked them. None is left out because somebody cannot answer.

Where an answer of ArmsDB has the passages of its lines, the yardstick and the naive site fetch them, too. Datasette
gives lines alone: to read their passages a client would have to ask again, and that is not counted.
"""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from bench import sql
from bench.asked import BROWSER, Asked, Workload, grouped_of, lines_of, page_of, results_of, transfers_of
from bench.best import FACETS, Best
from bench.lines import BROAD_WORD

FIRST, LAST = 1990, 2000
#: The condition under which a date of a line may fall in these years, for who has the columns of ArmsDB alone.
_IN_YEARS = " OR ".join(
    f"({name}_edtf <> '' AND ({name}_earliest IS NULL OR {name}_earliest <= '{LAST}-12-31')"
    f" AND ({name}_latest IS NULL OR {name}_latest >= '{FIRST}-01-01'))"
    for name in ("delivered", "ordered", "talked")
).join("()")


def workloads(known: Mapping[str, Any], datasette: str) -> list[Workload]:
    """All questions about one database, of which `sql.known` tells what they ask; `datasette` is its name there."""
    asking = _Asking(known, datasette)
    return [
        *asking.pages(),
        *asking.narrow_pages(),
        *asking.orders(),
        *asking.words(),
        *asking.facets(),
        *asking.others(),
        *asking.renderings(),
        *asking.pictures(),
    ]


class _Asking:
    def __init__(self, known: Mapping[str, Any], datasette: str) -> None:
        self.known = known
        self.lines = f"/{datasette}/armsdb_transfer.json?"
        self.entries = f"/{datasette}/armsdb_searchentry.json?"
        self.sql = f"/{datasette}.json?"
        self.csv = f"/{datasette}/armsdb_transfer.csv?"
        self.largest, self.largest_id = known["largest"]
        self.medium, self.medium_id = known["medium"]

    def _page(
        self, name: str, kind: str, told: Callable[[Best], int], armsdb: str, naive: str, **datasette: Any
    ) -> Workload:
        asked = {"_size": 50, "_sort_desc": "when_earliest"} | datasette
        own = {name: value for name, value in asked.items() if value != ""}
        return Workload(
            name,
            kind,
            told,
            {
                "armsdb": Asked(f"/api/v1/transfers/?{armsdb}"),
                "naive": Asked(f"/transfers/?{naive}"),
                "datasette": Asked(self.lines + urlencode(own)),
            },
        )

    def pages(self) -> list[Workload]:
        """Pages of 50 lines with their exact count, under filters, and far down."""
        years = {"first": FIRST, "last": LAST}
        place, pk, when = self.known["deep"]
        row = self.known["row"]
        deep = {"_next": f"{when},{pk}"} if when else {"_next": f"$null,{pk}"}
        cursor = self._page(
            "page far down by cursor", "cursor", lambda best: sql.deep_page(best, place), "cursor=", "", **deep
        )
        cursor = Workload(
            cursor.name,
            cursor.kind,
            cursor.sql,
            {
                "armsdb": Asked("cursor", results_of),
                "datasette": Asked(cursor.sites["datasette"].path, lambda body: 50),
            },
        )
        return [
            self._page("page, no filter", "page", sql.page, "", ""),
            self._page(
                "page, largest supplier",
                "page",
                lambda best: sql.page(best, "supplier = :supplier", supplier=self.largest),
                f"supplier={self.largest_id}",
                f"supplier={self.largest}",
                supplier_id=self.largest,
            ),
            self._page(
                "another page each time, largest supplier",
                "page",
                lambda best: sql.page(best, "supplier = :supplier", supplier=self.largest),
                f"supplier={self.largest_id}&page={{page}}",
                f"supplier={self.largest}&page={{page}}",
                supplier_id=self.largest,
            ),
            self._page(
                "page, medium supplier",
                "page",
                lambda best: sql.page(best, "supplier = :supplier", supplier=self.medium),
                f"supplier={self.medium_id}",
                f"supplier={self.medium}",
                supplier_id=self.medium,
            ),
            self._page(
                "page, years and supplier",
                "page",
                lambda best: sql.page(best, f"supplier = :supplier AND {sql.IN_YEARS}", supplier=self.largest, **years),
                f"supplier={self.largest_id}&year_from={FIRST}&year_to={LAST}",
                f"supplier={self.largest}&years={FIRST}-{LAST}",
                supplier_id=self.largest,
                _where=_IN_YEARS,
            ),
            self._page(
                "page far down by number",
                "page",
                lambda best: sql.numbered_page(best, row),
                f"page={row // 50 + 1}",
                f"page={row // 50 + 1}",
                **deep,
            ),
            cursor,
        ]

    def narrow_pages(self) -> list[Workload]:
        """Pages under other filters: two together, a grade, a company."""
        (recipient, recipient_id), (company, company_id) = self.known["recipient"], self.known["company"]
        code, category = self.known["category"]
        grade = self.known["disputed"]
        of_company = f"id IN (SELECT transfer_id FROM armsdb_transfercompany WHERE company_id = {company})"
        return [
            self._page(
                "page, recipient and category",
                "page",
                lambda best: sql.page(best, "recipient = :to AND category = :category", to=recipient, category=code),
                f"recipient={recipient_id}&category={category}",
                f"recipient={recipient}&category={category}",
                recipient_id=recipient,
                category=category,
            ),
            self._page(
                "page, disputed",
                "page",
                lambda best: sql.page(best, "evidence = :grade", grade=grade),
                "evidence=disputed",
                "evidence=disputed",
                evidence="disputed",
            ),
            self._page(
                "page, company",
                "page",
                lambda best: sql.page_of_company(best, company),
                f"company={company_id}",
                f"company_rows__company={company}",
                _where=of_company,
            ),
        ]

    def orders(self) -> list[Workload]:
        """Pages in another order than that of the dates."""
        return [
            self._page(
                "page by name",
                "page",
                lambda best: sql.page_in_order(best, "", "name, id"),
                "ordering=name",
                "ordering=name",
                _sort="name",
                _sort_desc="",
            ),
            self._page(
                "page by value, largest supplier",
                "page",
                lambda best: sql.page_in_order(
                    best, "supplier = :supplier", "low DESC, high DESC, id DESC", supplier=self.largest
                ),
                f"ordering=-value&supplier={self.largest_id}",
                f"ordering=-value_low&supplier={self.largest}",
                supplier_id=self.largest,
                _sort_desc="value_low",
            ),
        ]

    def words(self) -> list[Workload]:
        """Pages of lines with a word in their text."""
        supplier = self.largest
        narrowed = f"record_id IN (SELECT id FROM armsdb_transfer WHERE supplier_id = {supplier})"
        return [
            self._word("page, broad word", lambda best: sql.words(best, BROAD_WORD)),
            self._word(
                "page, broad word and supplier",
                lambda best: sql.words(best, BROAD_WORD, supplier),
                f"&supplier={self.largest_id}",
                f"&supplier={supplier}",
                _where=narrowed,
            ),
        ]

    def _word(
        self, name: str, told: Callable[[Best], int], armsdb: str = "", naive: str = "", **datasette: str
    ) -> Workload:
        own = {"type": "transfer", "_size": 50, "_search": BROAD_WORD}
        own |= {"_fts_table": "armsdb_searchentry_fts", "_fts_pk": "id"} | datasette
        sites = {
            "armsdb": Asked(f"/api/v1/transfers/?q={BROAD_WORD}&ordering=-date{armsdb}"),
            "naive": Asked(f"/transfers/?q={BROAD_WORD}{naive}"),
            "datasette": Asked(self.entries + urlencode(own)),
        }
        return Workload(name, "word", told, sites)

    def facets(self) -> list[Workload]:
        """Six facets: of all lines, under years, under a word."""
        words = (
            "id IN (SELECT record_id FROM armsdb_searchentry WHERE type = 'transfer' AND id IN (SELECT rowid FROM"
            f" armsdb_searchentry_fts WHERE armsdb_searchentry_fts MATCH '{BROAD_WORD}'))"
        )
        of_word, years = f"q={BROAD_WORD}", {"first": FIRST, "last": LAST}
        return [
            self._facets("six facets", "facets", sql.facets, "", "", ""),
            self._facets(
                "six facets, years",
                "facets",
                lambda best: sql.facets(best, sql.IN_YEARS, **years),
                f"year_from={FIRST}&year_to={LAST}",
                f"years={FIRST}-{LAST}",
                _IN_YEARS,
            ),
            self._facets(
                "six facets, broad word",
                "facets of a word",
                lambda best: sql.facets_of_word(best, BROAD_WORD),
                of_word,
                of_word,
                words,
            ),
        ]

    def _facets(
        self, name: str, kind: str, told: Callable[[Best], int], armsdb: str, naive: str, datasette: str
    ) -> Workload:
        columns = [f"{column}_id" if column in ("supplier", "recipient") else column for column in FACETS]
        own = [("_facet", column) for column in columns] + [
            ("_size", "0"),
            *([("_where", datasette)] * bool(datasette)),
        ]
        sites = {
            "armsdb": Asked(f"/api/v1/transfers/facets/?{armsdb}"),
            "naive": Asked(f"/transfers/facets/?{naive}"),
            "datasette": Asked(self.lines + urlencode(own)),
        }
        return Workload(name, kind, told, sites)

    def others(self) -> list[Workload]:
        """Totals, names while typing, one record, a whole table."""
        totals = (
            "SELECT dataset_id, substr(when_earliest, 1, 4) AS year, count(*), sum(value_low), sum(tiv_delivered)"
            f" FROM armsdb_transfer WHERE supplier_id = {self.largest} GROUP BY 1, 2"
        )
        names = "SELECT name FROM armsdb_searchname WHERE key >= 'ke' AND key < 'kf' AND kind <> 'code' LIMIT 10"
        pk, public_id = self.known["record"]
        whole = urlencode({"supplier_id": self.largest, "_stream": "on"})
        return [
            Workload(
                "totals by year, largest supplier",
                "totals",
                lambda best: sql.totals(best, self.largest),
                {
                    "armsdb": Asked(
                        f"/api/v1/transfers/summary/?group_by=year,supplier&supplier={self.largest_id}", transfers_of
                    ),
                    "naive": Asked(f"/transfers/totals/?supplier={self.largest}"),
                    "datasette": Asked(self.sql + urlencode({"sql": totals}), grouped_of),
                },
            ),
            Workload(
                "suggest a name",
                "suggest",
                lambda best: sql.suggest(best, "ke"),
                {
                    "armsdb": Asked("/api/v1/suggest/?q=ke", results_of),
                    "naive": Asked("/suggest/?q=ke"),
                    "datasette": Asked(self.sql + urlencode({"sql": names, "_shape": "array"}), results_of),
                },
            ),
            Workload(
                "record with its passages",
                "record",
                lambda best: sql.record(best, public_id),
                {
                    "armsdb": Asked(f"/api/v1/transfers/{public_id}/", lambda body: 1),
                    "naive": Asked(f"/transfers/{public_id}/", lambda body: 1),
                    "datasette": Asked(self.lines.replace(".json?", f"/{pk}.json"), lambda body: 1),
                },
            ),
            Workload(
                "CSV, largest supplier",
                "csv",
                lambda best: sql.table(best, self.largest),
                {
                    "armsdb": Asked(f"/api/v1/transfers/?supplier={self.largest_id}&format=csv", lines_of),
                    "naive": Asked(f"/transfers/csv/?supplier={self.largest}", lines_of),
                    "datasette": Asked(self.csv + whole, lines_of),
                },
            ),
        ]

    def renderings(self) -> list[Workload]:
        """The pages for people, which ArmsDB alone has."""
        paths = {
            "HTML: list, largest supplier": f"/transfers/?supplier={self.largest_id}",
            "HTML: list, no filter": "/transfers/",
            "HTML: a transfer": f"/transfers/{self.known['record'][1]}/",
            "HTML: largest supplier": f"/countries/{self.largest_id}/",
            "HTML: search": f"/search/?q={BROAD_WORD}",
            "HTML: home": "/",
        }
        return [Workload(name, "html", None, {"armsdb": Asked(path, page_of, BROWSER)}) for name, path in paths.items()]

    def pictures(self) -> list[Workload]:
        """The pages to explore, which are pictures of as many lines as the lists have."""
        largest, recipient = self.largest_id, self.known["recipient"][1]
        paths = {
            "by year": "years/",
            "flows": "flows/",
            "flows, largest supplier": f"flows/?supplier={largest}",
            "map": f"map/?supplier={largest}",
            "line of time": f"timeline/?country={largest}",
            "side by side": f"compare/?supplier={largest}&supplier={self.medium_id}",
            "network": f"network/?around={largest}",
            "all, drawn small": "",
        }
        explored = {f"explore: {name}": f"/explore/{path}" for name, path in paths.items()}
        explored["explore: two countries"] = f"/relations/{largest}/{recipient}/"
        return [
            Workload(name, "picture", None, {"armsdb": Asked(path, page_of, BROWSER)})
            for name, path in explored.items()
        ]
