"""Pages of sources."""

from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language_info

from armsdb.filters import SourceFilterSet
from armsdb.models import Citation, Source

from .base import RecordDetail, RecordList
from .kinds import KINDS, counted, published

#: The most citations that the page of a source lists; the API has all of them.
MOST = 500


class SourceList(RecordList):
    """Documents, with how many passages of each are cited."""

    filterset = SourceFilterSet
    template = "sources/list.html"
    section = "sources"

    def rows(self) -> QuerySet:
        return Source.objects.published().select_related("publisher", "via").with_passage_counts()


class SourceDetail(RecordDetail):
    """One document: its card, what rests on it alone, and every fact in the order of its places."""

    template = "sources/detail.html"
    section = "sources"

    def rows(self) -> QuerySet:
        return Source.objects.select_related("publisher", "via")

    def more(self, record: Source) -> dict[str, Any]:
        read, quoted = _citations(source=record), _citations(quotes=record)
        return {
            "title": f"{record.name} ({record.public_id})",
            "description": record.reliability,
            "language": _language(record.language),
            "draws_on": record.quoted_sources.published(),
            "parts": _parts(record, read[:MOST]),
            "quoting": _by_document(quoted[:MOST]),
            "cut": max(len(read), len(quoted)) > MOST,
            "alone": _alone(record),
        }


def _language(tag: str) -> str:
    """The English name of a language, where Django knows it; else its tag."""
    try:
        return get_language_info(tag)["name_translated"]
    except KeyError:
        return tag


def _citations(**of: Source) -> list[Citation]:
    """The citations that a page lists, in the order of the places, and one more where there are more."""
    citations = Citation.objects.of_published_facts().filter(**of).with_sources().with_facts()
    return list(citations.in_reading_order()[: MOST + 1])


def _parts(source: Source, citations: list[Citation]) -> list[dict[str, Any]]:
    """The citations under the parts of the document; places before the first part, or without a number, stand first."""
    starts = [(source.place_number(part["from"]) or 0, part["title"]) for part in source.sections]
    bounds = [first for first, _title in starts[1:]] + [(source.locator_count or 0) + 1]
    parts: list[dict[str, Any]] = [{"title": "", "citations": []}]
    for (first, title), following in zip(starts, bounds, strict=True) if starts else ():
        last = following - 1
        places = f"{source.locator_prefix}{first}" + (f"–{source.locator_prefix}{last}" if last > first else "")
        parts.append({"title": title, "places": places, "citations": []})
    for citation in citations:
        number = source.place_number(citation.locator) or 0
        at = sum(first <= number for first, _title in starts)
        parts[at]["citations"].append(citation)
    return [part for part in parts if part["citations"]]


def _by_document(citations: list[Citation]) -> list[dict[str, Any]]:
    """The citations under the documents in which the source is quoted."""
    documents = groupby(citations, lambda citation: citation.source)
    return [{"title": document.name, "citations": list(rows)} for document, rows in documents]


def _alone(source: Source) -> list[dict[str, Any]]:
    """For each kind, the facts that stand or fall with the source, beside how many draw on it at all."""
    told = []
    for kind in KINDS:
        drawn = counted(kind, published(kind).drawn_from(source).count(), f"source={source.public_id}")
        if drawn["count"]:
            resting = published(kind).resting_on(source)
            told.append({**drawn, "alone": resting.count(), "facts": resting.order_by("name", "id")[:MOST]})
    return told
