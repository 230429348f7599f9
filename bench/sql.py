"""The questions, put to the yardstick: each gives how many lines (or names, or bytes) it found."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from bench.best import FACETS, Best

# Joins are left joins where inner ones would do: SQLite's planner cannot then begin with the small table.
#: A date of the line may fall in the years.
IN_YEARS = "(d1 <= :last AND d2 >= :first OR o1 <= :last AND o2 >= :first OR t1 <= :last AND t2 >= :first)"
_LINES = (
    "SELECT t.*, d.public_id, d.name, d.licence, s.public_id, s.name, r.public_id, r.name, so.public_id, so.name,"
    " ro.public_id, ro.name, ro.kind, e.public_id, e.name, e.category FROM armsdb_transfer AS t"
    " LEFT JOIN armsdb_dataset AS d ON d.id = t.dataset_id LEFT JOIN armsdb_equipment AS e ON e.id = t.equipment_id"
    " LEFT JOIN armsdb_country AS s ON s.id = t.supplier_id LEFT JOIN armsdb_country AS r ON r.id = t.recipient_id"
    " LEFT JOIN armsdb_organisation AS so ON so.id = t.supplier_organisation_id"
    " LEFT JOIN armsdb_organisation AS ro ON ro.id = t.recipient_organisation_id WHERE t.id IN ({0})"
)
_BESIDE = (
    "SELECT c.*, s.public_id, s.name, p.public_id, p.name, q.public_id, q.name, qp.public_id, qp.name"
    " FROM armsdb_citation AS c LEFT JOIN armsdb_source AS s ON s.id = c.source_id"
    " LEFT JOIN armsdb_organisation AS p ON p.id = s.publisher_id LEFT JOIN armsdb_source AS q ON q.id = c.quotes_id"
    " LEFT JOIN armsdb_organisation AS qp ON qp.id = q.publisher_id"
    " WHERE c.transfer_id IN ({0}) AND c.state = 'published'",
    "SELECT c.transfer_id, c.role, o.public_id, o.name, o.kind FROM armsdb_transfercompany AS c"
    " JOIN armsdb_organisation AS o ON o.id = c.company_id WHERE c.transfer_id IN ({0})",
    "SELECT * FROM armsdb_delivery WHERE transfer_id IN ({0})",
)
_CSV = (
    "SELECT t.public_id, t.name, d.name, s.name, r.name, e.name, t.category, t.nature, t.status, t.ordered_edtf,"
    " t.delivered_edtf, t.talked_edtf, t.quantity_delivered_low, t.quantity_delivered_high, t.value_low, t.value_high,"
    " t.value_currency, t.tiv_ordered, t.tiv_delivered, t.comment, t.evidence, t.evidence_reason"
    " FROM armsdb_transfer AS t LEFT JOIN armsdb_dataset AS d ON d.id = t.dataset_id"
    " LEFT JOIN armsdb_equipment AS e ON e.id = t.equipment_id LEFT JOIN armsdb_country AS s ON s.id = t.supplier_id"
    " LEFT JOIN armsdb_country AS r ON r.id = t.recipient_id WHERE t.supplier_id = {0} AND t.state = 'published'"
)


def whole(best: Best, ids: list[tuple]) -> None:
    """Fetch lines with their names, passages, companies and deliveries: all that an answer tells of them."""
    listed = ", ".join(str(row[0]) for row in ids) or "NULL"
    for sql in (_LINES, *_BESIDE):
        best.rows(sql.format(listed))


def _under(where: str) -> str:
    return f"WHERE {where}" if where else ""


def page(best: Best, where: str = "", **values: Any) -> int:
    """The first page under a condition, with the exact count."""
    count: int = best.one(f"SELECT count(*) FROM best.line {_under(where)}", values)
    whole(best, best.rows(f"SELECT id FROM best.line {_under(where)} ORDER BY place DESC LIMIT 50", values))
    return count


def page_of_company(best: Best, company: int) -> int:
    """The same of the lines in which a company takes part."""
    values = {"company": company}
    count: int = best.one("SELECT count(*) FROM best.company WHERE company = :company", values)
    ids = "SELECT id FROM best.company WHERE company = :company ORDER BY place DESC LIMIT 50"
    whole(best, best.rows(ids, values))
    return count


def page_in_order(best: Best, where: str, order: str, **values: Any) -> int:
    """The first page in another order, with the exact count."""
    count: int = best.one(f"SELECT count(*) FROM best.line {_under(where)}", values)
    whole(best, best.rows(f"SELECT id FROM best.told {_under(where)} ORDER BY {order} LIMIT 50", values))
    return count


def deep_page(best: Best, place: int) -> int:
    """The page that begins after a line, by its key; without a count."""
    whole(
        best, best.rows("SELECT id FROM best.line WHERE place < :place ORDER BY place DESC LIMIT 50", {"place": place})
    )
    return 50


def numbered_page(best: Best, row: int) -> int:
    """The page that begins at a row, by its number, with the count."""
    count: int = best.one("SELECT count(*) FROM best.line")
    whole(best, best.rows("SELECT id FROM best.line ORDER BY place DESC LIMIT 50 OFFSET :row", {"row": row}))
    return count


def words(best: Best, word: str, supplier: int | None = None) -> int:
    """The newest lines with a word in their text, with the exact count."""
    if best.is_sqlite:
        asked = {"word": word if supplier is None else f"{word} AND s{supplier}"}
        count: int = best.one("SELECT count(*) FROM best.words WHERE words MATCH :word", asked)
        places = "SELECT rowid FROM best.words WHERE words MATCH :word ORDER BY rowid DESC LIMIT 50"
        # Of a place, the lowest 23 bits are the key of the line.
        whole(best, [(place & 0x7FFFFF,) for (place,) in best.rows(places, asked)])
        return count
    values = {"word": word, "supplier": supplier}
    where = "document @@ :word::tsquery" + ("" if supplier is None else " AND supplier = :supplier")
    if supplier is None:
        count = best.one("SELECT times FROM best.frequency WHERE word = :word", values)
    else:
        count = best.one(f"SELECT count(*) FROM best.words WHERE {where}", values)
    whole(best, best.rows(f"SELECT id FROM best.words WHERE {where} ORDER BY place DESC LIMIT 50", values))
    return count


def facets(best: Best, where: str = "", **values: Any) -> int:
    """How many lines there are of each value of six columns; gives how many there are of all."""
    if best.is_sqlite:
        found = [
            best.rows(f"SELECT {name}, count(*) FROM best.line {_under(where)} GROUP BY {name}", values)
            for name in FACETS
        ]
        return sum(times for _value, times in found[0])
    sets = ", ".join(f"({name})" for name in FACETS)
    sql = f"SELECT {', '.join(FACETS)}, count(*) FROM best.line {_under(where)} GROUP BY GROUPING SETS ({sets})"
    return sum(row[-1] for row in best.rows(sql, values) if row[0] is not None)


def facets_of_word(best: Best, word: str) -> int:
    """The same of the lines with a word."""
    if not best.is_sqlite:
        where = "place IN (SELECT place FROM best.words WHERE document @@ :word::tsquery)"
        return facets(best, where, word=word)
    told = " UNION ALL ".join(f"SELECT '{name}', {name}, count(*) FROM hit GROUP BY {name}" for name in FACETS)
    sql = (
        f"WITH hit AS MATERIALIZED (SELECT {', '.join(FACETS)} FROM best.line"
        f" WHERE place IN (SELECT rowid FROM best.words WHERE words MATCH :word)) {told}"
    )
    return sum(row[2] for row in best.rows(sql, {"word": word}) if row[0] == "supplier")


def totals(best: Best, supplier: int) -> int:
    """What a supplier supplied by dataset and year: lines, sums, volumes; gives how many lines were counted."""
    values = {"supplier": supplier}
    lines, parts = "FROM best.total WHERE supplier = :supplier", "FROM best.part WHERE supplier = :supplier"
    counted = best.rows(f"SELECT dataset, time, count(*) {lines} AND whole = 1 GROUP BY dataset, time", values)
    apart = f"SELECT dataset, time, count(DISTINCT transfer), sum(tiv) {parts} GROUP BY dataset, time"
    counted += best.rows(apart, values)
    best.rows(
        "SELECT dataset, time, currency, basis, sum(low), sum(high), count(high), count(*)"
        f" {lines} AND currency <> '' GROUP BY dataset, time, currency, basis",
        values,
    )
    for time, column in (("ordered", "tiv_ordered"), ("time", "tiv_delivered")):
        best.rows(
            f"SELECT dataset, {time}, sum({column}) {lines} AND {column} IS NOT NULL GROUP BY dataset, {time}", values
        )
    return sum(row[2] for row in counted)


def suggest(best: Best, prefix: str) -> int:
    """The ten names most often meant that begin so."""
    sql = "SELECT name, type, public_id, key FROM best.name WHERE {0} ORDER BY weight DESC, key LIMIT 10"
    if best.is_sqlite:
        where, values = "key >= :from AND key < :until", {"from": prefix, "until": prefix + "\x7f"}
    else:
        where, values = "key LIKE :from", {"from": prefix + "%"}
    return len(best.rows(sql.format(where), values))


def record(best: Best, public_id: str) -> int:
    """One line with its passages."""
    whole(best, best.rows("SELECT id FROM armsdb_transfer WHERE public_id = :public_id", {"public_id": public_id}))
    return 1


def table(best: Best, supplier: int) -> int:
    """All lines of a supplier as CSV; gives how many there were."""
    out = io.StringIO()
    sql = _CSV.format(int(supplier))
    if best.is_sqlite:
        csv.writer(out).writerows(best.connection.execute(sql))
    else:
        best.copied(sql, out)
    return out.getvalue().count("\n")


def known(best: Best, deep: float) -> Mapping[str, Any]:
    """What the questions are about: the largest supplier and one with 0.7 in 100 lines, a line far down, a record."""
    total: int = best.one("SELECT count(*) FROM best.line")
    counts = best.rows("SELECT supplier, count(*) FROM best.line WHERE supplier > 0 GROUP BY supplier")
    largest = max(counts, key=lambda row: row[1])[0]
    medium = min(counts, key=lambda row: abs(row[1] - 0.007 * total))[0]
    ids = dict(best.rows("SELECT id, public_id FROM armsdb_country"))
    received = best.rows("SELECT recipient, count(*) FROM best.line WHERE recipient > 0 GROUP BY recipient")
    recipient = min(received, key=lambda row: abs(row[1] - 0.007 * total))[0]
    took_part = best.rows("SELECT company, count(*) FROM best.company GROUP BY company")
    company = min(took_part, key=lambda row: abs(row[1] - 0.001 * total))[0]
    companies = dict(best.rows("SELECT id, public_id FROM armsdb_organisation"))
    codes = dict(best.rows("SELECT value, code FROM best.word"))
    row = int(total * deep) // 50 * 50
    deepest = best.rows("SELECT place, id FROM best.line ORDER BY place DESC LIMIT 1 OFFSET :row", {"row": row - 1})[0]
    cited = "SELECT transfer_id FROM armsdb_citation GROUP BY transfer_id HAVING count(*) = 3 ORDER BY 1 LIMIT 1"
    record_id, public_id = best.rows(f"SELECT id, public_id FROM armsdb_transfer WHERE id = ({cited})")[0]
    when = best.one("SELECT when_earliest FROM armsdb_transfer WHERE id = :id", {"id": deepest[1]})
    return {
        "total": total,
        "largest": (largest, ids[largest]),
        "medium": (medium, ids[medium]),
        "recipient": (recipient, ids[recipient]),
        "company": (company, companies[company]),
        "category": (codes["combat-aircraft"], "combat-aircraft"),
        "disputed": codes["disputed"],
        "row": row,
        "deep": (*deepest, when),
        "record": (record_id, public_id),
    }
