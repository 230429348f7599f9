"""Totals of transfers by year, party and what else they are grouped by."""

import zlib
from typing import Any

import orjson
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from armsdb.filters import Problem, TransferFilterSet
from armsdb.filters.fields import did_you_mean
from armsdb.lib.vocab import Category, Grade, Nature, Status, ValueBasis
from armsdb.models.connections import ADDING, allowed
from armsdb.models.summaries import GROUPS, MOST_GROUPS, TIMES, Summary, Totals

from .base import ApiView
from .facts import licences_of
from .pages import site
from .parameters import filter_parameters, parameter
from .references import EquipmentReferenceShape, ReferenceShape
from .rendering import as_json
from .shapes import LikeField, Shape
from .transfers import TransferViewSet, transfers_asked
from .values import decimal_text

#: Answers whose totals are remembered, packed, if they take no more bytes so: those of some 10,000 groups. None is
#: packed to less than one part of so many.
_REMEMBERED, _LONGEST, _LEVEL, _PACKED = 10, 1 << 18, 1, 50


class SummaryWorthShape(Shape):
    """What transfers of a group are said to be worth, in one currency and on one basis."""

    currency = serializers.CharField(help_text=_("ISO 4217 code."))
    basis = serializers.ChoiceField(
        choices=ValueBasis.choices, allow_null=True, help_text=_("What the sums stand for; null where not stated.")
    )
    low = serializers.CharField(allow_null=True, help_text=_("At least so much; null where no line says."))
    high = serializers.CharField(allow_null=True, help_text=_("At most so much; null where a line has no upper end."))
    transfers = serializers.IntegerField(help_text=_("How many lines give such a value."))

    def to_representation(self, worth: Any) -> dict[str, Any]:
        sums = {"low": decimal_text(worth.low), "high": decimal_text(worth.high)}
        return {"currency": worth.currency, "basis": worth.basis or None} | sums | {"transfers": worth.transfers}


class TotalsShape(Shape):
    """One group of transfers, and its totals; what `group_by` does not name is null."""

    year = serializers.IntegerField(
        allow_null=True, help_text=_("The year; null for a span, and where there is no date.")
    )
    decade = serializers.IntegerField(
        allow_null=True, help_text=_("The first year of the decade; null for a span, and where there is no date.")
    )
    span = serializers.CharField(
        allow_null=True,
        help_text=_(
            "With `year` or `decade`: several of them (EDTF) to which a total belongs undivided; null for one of them."
        ),
    )
    supplier = ReferenceShape(
        allow_null=True, help_text=_("The country or organisation that supplied; null where unknown.")
    )
    recipient = ReferenceShape(
        allow_null=True, help_text=_("The country or organisation that received; null where unknown.")
    )
    category = serializers.ChoiceField(
        choices=Category.choices, allow_null=True, help_text=_("The equipment's category.")
    )
    equipment = EquipmentReferenceShape(allow_null=True, help_text=_("What was supplied."))
    company = ReferenceShape(allow_null=True, help_text=_("A company that takes part; null where none is known."))
    nature = serializers.ChoiceField(choices=Nature.choices, allow_null=True, help_text=_("What kind of transfer."))
    status = serializers.ChoiceField(choices=Status.choices, allow_null=True, help_text=_("How far it has gone."))
    evidence = serializers.ChoiceField(
        choices=Grade.choices, allow_null=True, help_text=_("How the transfers are known.")
    )
    dataset = ReferenceShape(help_text=_("The dataset of the lines; datasets are never added up."))
    transfers = serializers.IntegerField(
        help_text=_("How many transfers; one of several years or companies counts once in each of them.")
    )
    values = SummaryWorthShape(many=True, help_text=_("What they are said to be worth, by currency and basis."))
    tiv_ordered = serializers.CharField(
        allow_null=True, help_text=_("SIPRI TIV of what was ordered, in millions, by the year of the order.")
    )
    tiv_delivered = serializers.CharField(
        allow_null=True, help_text=_("SIPRI TIV of what was delivered, in millions, by the year of the delivery.")
    )

    def to_representation(self, totals: Totals) -> dict[str, Any]:
        found: dict[str, Any] = dict.fromkeys((*GROUPS, "span"))
        for name, value in totals.group.items():
            field = self.fields[name]
            is_record = isinstance(field, ReferenceShape)
            found[name] = field.to_representation(value) if is_record and value is not None else value or None
        found["span"] = totals.span
        values: Any = self.fields["values"]
        worths = [values.child.to_representation(worth) for worth in totals.values]
        volumes = {name: decimal_text(getattr(totals, name)) for name in ("tiv_ordered", "tiv_delivered")}
        return found | {"transfers": totals.transfers, "values": worths} | volumes


class SummaryMetaShape(Shape):
    """What the answer is, and what it leaves out."""

    data_version = serializers.CharField(help_text=_("Changes whenever anything changes that the answer tells of."))
    licence = serializers.CharField(help_text=_("The licences of the datasets that it draws on."))
    left_out = serializers.DictField(
        child=serializers.IntegerField(), help_text=_("How many rows the question leaves out, and for want of what.")
    )
    like = LikeField()
    counting = serializers.CharField(help_text=_("How transfers of several years count."))


class SummaryShape(Shape):
    """Totals of transfers."""

    group_by = serializers.ListField(
        child=serializers.ChoiceField(choices=GROUPS), help_text=_("What the transfers are grouped by.")
    )
    meta = SummaryMetaShape(help_text=_("What the answer is."))
    results = TotalsShape(many=True, help_text=_("The groups, all of them; what is not known comes last."))


class SummaryView(ApiView):
    """Totals of the transfers that answer a question, by year, party and what else they are grouped by; not paged.

    Groups never mix datasets. A total that a register gives for several years stands under their span.
    """

    shape = SummaryShape
    dear = True
    types = TransferViewSet.types
    parameters = (
        parameter(
            "group_by",
            _("What to group by, at most three with commas between them; `dataset` is always among them besides."),
            {"type": "string", "maxLength": 100},
            "year,supplier",
        ),
        *filter_parameters(TransferFilterSet),
    )

    def get(self, request: Request) -> Response:
        groups, problems = _groups(request.query_params.get("group_by", ""))
        question = transfers_asked(request, own=("group_by", "format"), problems=problems)
        return Response(
            {
                "group_by": groups,
                "meta": {
                    "data_version": str(question.memory.newest(self.types)),
                    "licence": licences_of(question.answer),
                    "left_out": question.left_out,
                    "like": question.likes,
                    "counting": _now(
                        "A transfer of several years, decades or companies counts once in each; a sum is never divided."
                    ),
                },
                "results": _totals(request, question, groups),
            }
        )


def _totals(request: Request, question: TransferFilterSet, groups: list[str]) -> orjson.Fragment:
    """The groups of what answers, with their totals, as they are written; the last ones are remembered if not long."""
    asked = (site(request), *groups, question.kept.conditions)
    known: bytes | None = question.memory.remembered("totals", asked)
    if known is not None:
        return orjson.Fragment(zlib.decompress(known))
    lines: Any = question.rows
    with allowed(ADDING):
        totals = Summary(lines, groups).rows()
    shape = TotalsShape.ready({"site": site(request)})
    written = as_json([shape.to_representation(one) for one in totals])
    if len(written) <= _PACKED * _LONGEST:
        packed = zlib.compress(written.encode(), _LEVEL)
        if len(packed) <= _LONGEST:
            question.memory.found("totals", asked, lambda: packed, _REMEMBERED)
    return orjson.Fragment(written)


def _groups(text: str) -> tuple[list[str], list[Problem]]:
    """What to group by, with the dataset, and what is wrong with it."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in GROUPS]
    problem = ""
    if unknown or len(set(names)) < len(names):
        told = {"name": (unknown or names)[0], "hint": did_you_mean((unknown or names)[0], GROUPS)}
        detail = _now("Nothing can be grouped by “%(name)s”, or not twice.%(hint)s Groups: %(allowed)s.")
        problem = detail % (told | {"allowed": ", ".join(GROUPS)})
    elif len(set(names) & set(TIMES)) > 1:
        problem = _now("Transfers are grouped by years or by decades, not by both.")
    elif len(set(names) - {"dataset"}) > MOST_GROUPS:
        problem = _now("Transfers are grouped by three things at most, and by dataset.")
    if problem:
        return [], [Problem("group_by", problem)]
    return [*names, *(["dataset"] if "dataset" not in names else [])], []
