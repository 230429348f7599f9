"""Transfers and their passages by columns: the keys that are no columns of their tables."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from armsdb.exporters.reading import read_beside
from armsdb.lib.vocab import State, Verdict
from armsdb.models import (
    Citation,
    Deal,
    Delivery,
    Organisation,
    Person,
    Source,
    Transfer,
    TransferCompany,
    TransferOverlap,
)
from armsdb.models.base import page_address
from armsdb.models.citations import number_in

from .by_column import NULL, Make, Maker, Part, date_written, number_written, objects, texts, word
from .references import collection_path
from .rendering import as_json

NEEDS = ("public_id", "name", "evidence", "deal", "tiv_unit", "tiv_ordered", "tiv_delivered")
_NO_DATE = "9999-12-31"
_TIV = ("unit", "ordered", "delivered")
_NO_TIV = objects(_TIV, [[NULL]] * len(_TIV))[0]
_PASSAGE = (
    *("public_id", "state", "updated", "source", "quotes", "locator", "stance", "attributed_to"),
    *("attributed_to_person", "attributed_to_organisation", "basis", "interested", "reported", "note"),
)
_PARTS = (
    *("date_edtf", "date_earliest", "date_latest", "date_text"),
    *("quantity_low", "quantity_high", "quantity_approximate", "quantity_text", "tiv"),
)


def _urls(part: Part, _field: Any) -> list[str]:
    before = part.site + collection_path(Transfer.COLLECTION)
    return texts(f"{before}{public_id}/" for public_id in part["public_id"])


def _pages(part: Part, _field: Any) -> list[str]:
    return texts(part.site + page_address("transfer_detail", public_id) for public_id in part["public_id"])


def _tiv(value: Any) -> str:
    return NULL if value is None else f'"{value:.2f}"'


def _tivs(part: Part, _field: Any) -> list[str]:
    told = objects(_TIV, [list(map(_tiv, part[f"tiv_{name}"])) for name in _TIV])
    return [NULL if one == _NO_TIV else one for one in told]


def _deals(part: Part, _field: Any) -> list[str]:
    return part.references.told(
        "deal", Deal, part["deal"], lambda deal: as_json({"id": deal.public_id, "name": deal.name})
    )


def _beside(part: Part, owners: Sequence[int], values: Sequence[str]) -> list[str]:
    """Values of other rows, in their order, as a list for each row that they belong to; null is left out."""
    told: dict[int, list[str]] = defaultdict(list)
    for owner, value in zip(owners, values, strict=True):
        if value != NULL:
            told[owner].append(value)
    return [f"[{','.join(told[key])}]" if key in told else "[]" for key in part.keys]


def _companies(part: Part, field: Any) -> list[str]:
    owners, companies, roles = read_beside(TransferCompany, "transfer", ("company", "role"), part.keys)
    references = part.references.of(field.child.fields["company"], Organisation, companies)
    return _beside(part, owners, objects(("role", "company"), (list(map(word, roles)), references)))


def _deliveries(part: Part, _field: Any) -> list[str]:
    owners, *columns = read_beside(Delivery, "transfer", _PARTS, part.keys)
    rows = sorted(zip(owners, *columns, strict=True), key=lambda row: row[2] or _NO_DATE)
    told = [(date_written(*row[1:5]), number_written(*row[5:9]), _tiv(row[9])) for row in rows]
    return _beside(part, [row[0] for row in rows], objects(("date", "quantity", "tiv"), zip(*told, strict=True)))


def _returned_by(part: Part, field: Any) -> list[str]:
    owners, *columns = read_beside(Transfer, "returns", ("public_id", "id"), part.keys)
    rows = sorted(zip(*columns, owners, strict=True))
    references = part.references.of(field.child, Transfer, [row[1] for row in rows])
    return _beside(part, [row[2] for row in rows], references)


def _may_overlap(part: Part, field: Any) -> list[str]:
    pairs: list[tuple[int, int]] = []
    for own, other in (("first", "second"), ("second", "first")):
        columns = read_beside(TransferOverlap, own, (other, "verdict"), part.keys)
        pairs += [(another, line) for line, another, told in zip(*columns, strict=True) if told != Verdict.DIFFERENT]
    pairs.sort()
    references = part.references.of(field.child, Transfer, [another for another, _line in pairs])
    return _beside(part, [line for _another, line in pairs], references)


# Passages


def _citations(part: Part, field: Any) -> list[str]:
    """The published passages of each transfer, in the order of their numbers."""
    found: Any = zip(*read_beside(Citation, "transfer", _PASSAGE, part.keys), strict=True)
    rows = sorted((row for row in found if row[2] == State.PUBLISHED), key=lambda row: (row[0], number_in(row[1])))
    if not rows:
        return ["[]"] * len(part.keys)
    owners, *columns = (list(column) for column in zip(*rows, strict=True))
    own = dict(zip(part.keys, zip(part["public_id"], part["name"], part["evidence"], strict=True), strict=True))
    values = dict(zip(_PASSAGE, columns, strict=True))
    values["fact"] = [own[owner] for owner in owners]
    passages = Part(owners, values, part.references, part.site)
    shape = field.child
    return _beside(part, owners, _PASSAGES.of(shape, passages, list(shape.fields)))


def _named(part: Part, _field: Any) -> list[str]:
    titles = part.references.told("title", Source, part["source"], lambda one: (one.publisher or one).name)
    told = zip(titles, part["locator"], part["fact"], strict=True)
    return texts(f"{title}, {locator}, on {fact[1]}" for title, locator, fact in told)


def _passage_urls(part: Part, _field: Any) -> list[str]:
    before = part.site + collection_path(Citation.COLLECTION)
    return texts(f"{before}{public_id}/" for public_id in part["public_id"])


def _passage_pages(part: Part, _field: Any) -> list[str]:
    told = zip(part["fact"], part["public_id"], strict=True)
    return texts(f"{part.site}{page_address('transfer_detail', fact[0])}#{public_id}" for fact, public_id in told)


def _facts(part: Part, _field: Any) -> list[str]:
    before = part.site + collection_path(Transfer.COLLECTION)
    told = {
        fact: as_json(
            {
                "id": fact[0],
                "type": Transfer.TYPE,
                "name": fact[1],
                "url": f"{before}{fact[0]}/",
                "evidence": fact[2],
            }
        )
        for fact in set(part["fact"])
    }
    return [told[fact] for fact in part["fact"]]


def _tellers(part: Part, field: Any) -> list[str]:
    people = part.references.of(field, Person, part["attributed_to_person"])
    bodies = part.references.of(field, Organisation, part["attributed_to_organisation"])
    columns = zip(part["attributed_to_person"], people, bodies, strict=True)
    return [body if key is None else person for key, person, body in columns]


MADE: Mapping[str, Make] = {
    "url": _urls,
    "page": _pages,
    "deal": _deals,
    "companies": _companies,
    "tiv": _tivs,
    "deliveries": _deliveries,
    "returned_by": _returned_by,
    "may_overlap": _may_overlap,
    "citations": _citations,
}
_MADE_OF_PASSAGES: Mapping[str, Make] = {
    "name": _named,
    "url": _passage_urls,
    "page": _passage_pages,
    "fact": _facts,
    "attributed_to_record": _tellers,
}

_PASSAGES = Maker(Citation, _MADE_OF_PASSAGES)
