"""Edits that are drawn at random, as desk and imports make them."""

import random
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from armsdb import actions
from armsdb.lib.vocab import Category, Nature, Stance, State, Status, Terms, Verdict
from armsdb.models import Country, Equipment, Figure, Organisation, Source, Transfer
from tests import factories

REASON = "For a test."
DATES = ["2001", "1999/2003", "2010-05", "../2012", "{2005,2007}", "2020~", None]


class Editor:
    """Draws edits, as desk and imports make them, and makes them; what the rules refuse is no edit."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.made = 0
        self.edits: list[Callable[[], Any]] = [
            *[self.change_a_line] * 6,
            self.name_something_anew,
            self.put_equipment_elsewhere,
            self.cite,
            self.change_a_passage,
            self.begin_a_line,
            self.publish_a_draft,
            self.withdraw_a_line,
            self.discard_a_draft,
            self.rename,
            self.merge_companies,
            self.compare_lines,
            self.change_a_licence,
        ]

    def edit(self) -> bool:
        """One edit; False where it was refused."""
        try:
            self.draw.choice(self.edits)()
        except ValidationError:
            return False
        return True

    def _one(self, rows: Any) -> Any:
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.get(pk=self.draw.choice(keys))

    def _put(self, record: Any, **values: Any) -> None:
        actions.put(model=type(record), public_id=record.public_id, values=values, reason=REASON)

    def change_a_line(self) -> None:
        line = self._one(Transfer.objects.filter(state__in=(State.PUBLISHED, State.DRAFT)))
        values = {
            "comment": f"Comment {self.draw.randrange(1000)} on aircraft.",
            "status": self.draw.choice(Status.values),
            "nature": self.draw.choice(Nature.values),
            "ordered": self.draw.choice(DATES),
            "delivered": self.draw.choice(DATES),
            "equipment": self._one(Equipment.objects.published()),
            "supplier": self._one(Country.objects.published()),
        }
        name = self.draw.choice(list(values))
        self._put(line, **{name: values[name]})

    def name_something_anew(self) -> None:
        kind = self.draw.choice([Country, Organisation, Equipment, Source])
        record = self._one(kind.objects.published())
        self._put(record, name=f"{record.name.partition(' no. ')[0]} no. {self.draw.randrange(1000)}")

    def put_equipment_elsewhere(self) -> None:
        self._put(self._one(Equipment.objects.published()), category=self.draw.choice(Category.values))

    def cite(self) -> None:
        line = self._one(Transfer.objects.published())
        source = self._one(Source.objects.published())
        stance = self.draw.choice(Stance.values)
        factories.cite(line, source=source, stance=stance, locator=f"{source.locator_prefix}{self.draw.randint(1, 20)}")

    def change_a_passage(self) -> None:
        line = self._one(Transfer.objects.published())
        passage = line.citations.order_by("pk").first()
        if passage is not None:
            number = int(passage.public_id.rpartition("-c")[2])
            values = {"note": f"Note {self.draw.randrange(100)}.", "interested": self.draw.random() < 0.5}
            actions.cite(fact=line, values=values, number=number, reason=REASON)

    def begin_a_line(self) -> None:
        self.made += 1
        factories.transfer(f"M{self.made}", published=self.draw.random() < 0.5, comment="Made of aircraft.")

    def publish_a_draft(self) -> None:
        drafts = Transfer.objects.filter(state=State.DRAFT)
        if drafts.exists():
            actions.publish(record=self._one(drafts), reason=REASON)

    def withdraw_a_line(self) -> None:
        if self.draw.random() < 0.3:
            actions.withdraw(record=self._one(Transfer.objects.published()), reason=REASON)

    def discard_a_draft(self) -> None:
        drafts = Transfer.objects.filter(state=State.DRAFT)
        if drafts.exists():
            actions.discard(record=self._one(drafts), reason=REASON)

    def rename(self) -> None:
        record = self._one(Equipment.objects.published())
        self.made += 1
        actions.rename(record=record, public_id=f"{record.public_id[:20]}-{self.made}", reason=REASON)

    def merge_companies(self) -> None:
        self.made += 1
        twin = factories.organisation(f"Twin Works {self.made}")
        factories.transfer(
            f"W{self.made}", parts={"companies": [{"company": twin, "role": "producer"}]}, comment="Made by a twin."
        )
        actions.merge(record=twin, into=self._one(Organisation.objects.published().companies()), reason=REASON)

    def compare_lines(self) -> None:
        one = self._one(Transfer.objects.published().filter(dataset__public_id="articles"))
        others = Transfer.objects.published().exclude(dataset=one.dataset)
        if others.exists():
            verdict = self.draw.choice(list(Verdict))
            actions.decide_overlap(one=one, other=self._one(others), verdict=verdict, reason=REASON)

    def change_a_licence(self) -> None:
        dataset = self._one(type(Figure.objects.published()[0].dataset).objects.published())
        self._put(dataset, terms=self.draw.choice(Terms.values), licence=f"L{self.draw.randrange(3)}")
