"""How a made-up register gets into the database: as the actions would leave it, but many rows at once.

Entities, sources and datasets go the way of every write; lines are written in bulk as an import writes them, published,
each with its passages, parts, grade, fingerprint and entry.
"""

import gc
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any

from armsdb import actions, search
from armsdb.actions.fingerprints import fingerprint
from armsdb.actions.grading import graded
from armsdb.actions.saving import move_with
from armsdb.lib import dates
from armsdb.models import (
    Citation,
    Country,
    Dataset,
    DatasetVersion,
    Delivery,
    Equipment,
    ImportRun,
    Organisation,
    Source,
    Transfer,
    TransferCompany,
)
from armsdb.models.bulk import insert, take_ids, twin
from bench import lines, made_names

REASON = "Made up to measure speed."
_TOGETHER = 2_000
_ENTITIES = 2_000
_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


class Filling:
    """The writing of one register; records are kept by their places in the lists of made_names."""

    def __init__(self, number: int, label: str) -> None:
        self.number = number
        self.label = label
        self.sizes = lines.Sizes(number)
        self.entities: dict[str, list[Any]] = {}

    def all(self) -> None:
        """Write everything; lines some thousands at a time, so that memory does not grow with them."""

        with actions.gathered():
            self._entities()
        with actions.gathered():
            self._documents()
        rest = lines.lines(self.number)
        # What lines name stays to the end: the collector, which lines need for their circles, need not look at it.
        gc.collect()
        gc.freeze()
        gc.disable()
        while together := list(islice(rest, _TOGETHER)):
            self._write(together)
            gc.collect()
        gc.enable()
        self._end()

    # --- what lines name

    def _entities(self) -> None:

        states = zip(made_names.countries(lines.COUNTRIES), made_names.codes(lines.COUNTRIES), strict=True)
        made_states = self._make(Country, [({"alpha_2": code}, name) for name, code in states])
        bodies = [made_names.Name(name, ()) for name in made_names.publishers(lines.PUBLISHERS)]
        groups = [made_names.Name(f"Front {place + 1}", ()) for place in range(lines.GROUPS)]
        companies = made_names.companies(self.sizes.companies)
        seats = [{"kind": "company", "country": made_states[place * 7 % 60]} for place in range(len(companies))]
        kinds = ("news-outlet", "research-body", "government-body", "news-outlet", "ngo")
        printing = [{"kind": kinds[place % len(kinds)]} for place in range(len(bodies))]
        things = made_names.equipment(self.sizes.equipment)
        self.entities = {
            "country": made_states,
            "publisher": self._make(Organisation, list(zip(printing, bodies, strict=True))),
            "group": self._make(Organisation, [({"kind": "armed-group"}, name) for name in groups]),
            "company": self._make(Organisation, list(zip(seats, companies, strict=True))),
            "equipment": self._make(Equipment, [(_equipment(thing), thing) for thing in things]),
        }

    @staticmethod
    def _make(kind: Any, told: Sequence[tuple[dict[str, Any], Any]]) -> list[Any]:

        maker = actions.Maker(kind, reason=REASON)
        made = []
        for columns, name in told:
            aliases = [{"name": other, "kind": what} for other, what in name.others]
            made.append(maker.make(name=name.name, aliases=aliases, **columns))
            if len(made) % _ENTITIES == 0:
                maker.write()
        maker.write()
        return made

    def _documents(self) -> None:
        """The sources, and the datasets with an edition and a run each."""

        publishers = self.entities["publisher"]
        kinds = ("dataset", "news-article", "official-report", "customs-record", "analysis")
        self.entities["source"] = [
            self._published(
                Source,
                f"bench-source-{place + 1}",
                {"name": f"Made-up document {place + 1}", "kind": kinds[place % len(kinds)]}
                | ({"publisher": publishers[place % len(publishers)]} if place % 10 else {}),
            )
            for place in range(lines.SOURCES)
        ]
        self.entities["dataset"], self.runs = [], []
        for place in range(lines.DATASETS):
            values = {"name": f"Made-up register {place + 1}", "licence": "CC0 1.0", "terms": "open", "version": "1"}
            dataset = self._published(Dataset, f"bench-{place + 1}", values | {"publisher": publishers[place]})
            edition = DatasetVersion()
            actions.keep(row=edition, values={"dataset": dataset, "label": "1"}, reason=REASON)
            run = ImportRun.objects.create(
                version=edition, file_name=self.label, file_sha256="0" * 64, format="bench", started=_BEGAN
            )
            self.entities["dataset"].append(dataset)
            self.runs.append(run)

    @staticmethod
    def _published(kind: Any, public_id: str, values: dict[str, Any]) -> Any:

        record, _ = actions.put(model=kind, public_id=public_id, values=values, reason=REASON)
        return actions.publish(record=record, reason=REASON)

    # --- the lines

    def _write(self, together: Sequence[lines.Line]) -> None:
        """Write some lines with all that belongs to them, in one transaction."""

        with actions.gathered():
            facts = [self._fact(line) for line in together]
            for fact, pk in zip(facts, take_ids(Transfer, len(facts)), strict=True):
                fact.pk = pk
            insert(facts)
            for reached in ("citations", "company_rows", "deliveries"):
                rows = [row for fact in facts for row in fact._prefetched_objects_cache[reached]]
                for fact in facts:
                    for row in fact._prefetched_objects_cache[reached]:
                        row.transfer_id = fact.pk
                for row, pk in zip(rows, take_ids(type(rows[0]), len(rows)) if rows else (), strict=True):
                    row.pk = pk
                insert(rows)
            search.index_new(facts)
            move_with(Transfer, Citation)

    def _fact(self, line: lines.Line) -> Any:
        """The transfer of a line, not saved, with its passages and parts fetched, as it were."""

        fact = twin(_bare(Transfer))
        for name, value in self._values(line).items():
            setattr(fact, name, value)
        companies = [twin(_bare(TransferCompany)) for _ in line.companies]
        for row, (place, role) in zip(companies, line.companies, strict=True):
            row.company, row.role = self.entities["company"][place], role
        deliveries = [twin(_bare(Delivery)) for _ in line.parts]
        for row, part in zip(deliveries, line.parts, strict=True):
            row.date, row.tiv = _date(part.date, ""), Decimal(part.tiv)
            row.quantity_low = row.quantity_high = Decimal(part.number)
        fact.fingerprint = fingerprint(fact, {"companies": companies, "deliveries": deliveries})
        citations = [self._citation(fact, place, passage) for place, passage in enumerate(line.passages)]
        fact.evidence, fact.evidence_reason = graded(citations)
        fact.derive()
        fact._prefetched_objects_cache = {
            "citations": citations,
            "company_rows": companies,
            "deliveries": deliveries,
        }
        return fact

    def _values(self, line: lines.Line) -> dict[str, Any]:
        entities = self.entities
        dataset = entities["dataset"][line.dataset]
        moment = _BEGAN + timedelta(seconds=line.number // 5)
        values: dict[str, Any] = {
            "public_id": f"{dataset.public_id}-t{line.number + 1}",
            "key": f"T{line.number + 1}",
            "state": "published",
            "dataset": dataset,
            "import_run": self.runs[line.dataset],
            "created": moment,
            "updated": moment,
            "supplier": None if line.supplier is None else entities["country"][line.supplier],
            "supplier_known": "unknown" if line.supplier is None else "country",
            "recipient": None if line.recipient is None else entities["country"][line.recipient],
            "recipient_organisation": None if line.group is None else entities["group"][line.group],
            "recipient_known": _known_recipient(line),
            "equipment": entities["equipment"][line.equipment],
            "nature": line.nature,
            "status": line.status,
            "condition": line.condition,
            "ordered": _date(line.ordered, ""),
            "delivered": _date(line.delivered, line.words),
            "talked": _date(line.talked, ""),
            "comment": line.comment,
        }
        return values | _numbers(line)

    def _citation(self, fact: Any, place: int, passage: lines.Passage) -> Any:

        citation = twin(_bare(Citation))
        citation.public_id = f"{fact.public_id}-c{place + 1}"
        citation.state = "published"
        citation.created = citation.updated = fact.created
        citation.source = self.entities["source"][passage.source]
        citation.quotes = None if passage.quotes is None else self.entities["source"][passage.quotes]
        citation.locator, citation.stance, citation.basis = passage.locator, passage.stance, passage.basis
        citation.interested = passage.interested
        citation.transfer = fact
        return citation

    def _end(self) -> None:

        for run in self.runs:
            run.counts = {"new": Transfer.objects.filter(import_run=run).count()}
            run.ended = _BEGAN + timedelta(days=1)
            run.save(update_fields=["counts", "ended"])


@cache
def _bare(model: Any) -> Any:
    return model()


@cache
def _date(edtf: str, words: str) -> Any:
    """A date; those that are equal are one, since nobody changes them."""
    return dates.parse(edtf, words) if edtf else None


def _known_recipient(line: lines.Line) -> str:
    if line.group is not None:
        return "organisation"
    return "unknown" if line.recipient is None else "country"


def _numbers(line: lines.Line) -> dict[str, Any]:
    """The columns of quantity, value and volume."""
    found: dict[str, Any] = {}
    if line.quantity:
        low, high, approximate = line.quantity
        found |= {
            "quantity_delivered_low": low,
            "quantity_delivered_high": high,
            "quantity_delivered_approximate": approximate,
        }
    if line.value:
        low, high, currency = line.value
        found |= {"value_low": low, "value_high": high, "value_currency": currency, "value_basis": "contract"}
    if line.tiv:
        found |= {"tiv_ordered": Decimal(line.tiv[0]), "tiv_delivered": Decimal(line.tiv[1])}
    return {name: Decimal(value) if type(value) is int else value for name, value in found.items()}


def _equipment(thing: made_names.Designation) -> dict[str, Any]:
    category, description, sipri = made_names.EQUIPMENT[thing.kind]
    return {"category": category, "description": description, "sipri_category": sipri}
