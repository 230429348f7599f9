"""Samples: how it is known."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from armsdb.lib.vocab import Grade, Stance
from armsdb.web.home import BARS, RULES, bar
from armsdb.web.passages import Wordings

from . import records as r
from .shown import Shown, show


def marks() -> Iterator[Shown]:
    """The grades: alone, explained, counted."""
    counts = {grade.value: number for grade, number in zip(Grade, (9, 4, 30, 5, 2), strict=True)}
    rows: list[dict[str, Any]] = [{"grade": grade.value, "rule": RULES[grade]} for grade in Grade]
    counted = [row | {"count": counts[row["grade"]], "url": r.HERE} for row in rows]
    caption = _("Grades")
    yield show("grade.html", ("", *({"grade": grade.value} for grade in Grade)))
    yield show("grade_key.html", ("", {}), (_("with their meaning"), {"words": True}))
    yield show(
        "grade_table.html",
        (_("with its rules"), {"rows": rows, "caption": caption}),
        (_("counted"), {"rows": counted, "caption": caption, "total": sum(counts.values())}),
    )
    yield show("grade_bar.html", ("", {"bars": [bar(counts, width) for width in BARS], "label": _("Grades")}))


def notes() -> Iterator[Shown]:
    """The margin of evidence, and what notes are made of."""
    parts = ("notes_line.html", "notes_brief.html", "note_head.html", "note.html")
    value = {"label": _("Quantity"), "value": r.SOLD.quantity_delivered.display()}
    supported = [r.SUPPORT, r.SECOND]
    disputed = [r.SUPPORT, r.DENIAL, r.DOUBT]
    yield show(
        "notes.html",
        (_("one note"), {"citations": [r.SUPPORT], "grade": Grade.REPORTED}),
        (_("brief: places of one document together"), {"citations": supported, "grade": Grade.REPORTED, "brief": True}),
        (
            _("of one field"),
            {"citations": supported, "grade": Grade.REPORTED, "brief": True, "field": "quantity delivered"},
        ),
        (_("support, denial, doubt"), {"citations": disputed, "grade": Grade.DISPUTED}),
        (_("the same, brief"), {"citations": disputed, "grade": Grade.DISPUTED, "brief": True}),
        (_("open at first on phones"), {"citations": [r.SUPPORT], "grade": Grade.DOCUMENTED, "open": True}),
        parts=parts,
    )
    yield show(
        "statement.html",
        (_("a value with its note"), value | {"citations": supported, "grade": Grade.REPORTED, "strong": True}),
        (_("the same passages again"), value | {"citations": supported, "grade": Grade.REPORTED, "again": True}),
        (
            _("a link, and a line in small"),
            {"label": _("Equipment"), "value": r.TANKS.name, "url": r.HERE, "small": _("tank")},
        ),
        (_("several records"), {"label": _("Recipient"), "links": [r.SOUTHLAND, r.WORKS]}),
        (_("nothing stated"), {"label": _("Value")}),
        (_("without a shoulder word"), {"value": r.SOLD.comment, "citations": disputed, "grade": Grade.DISPUTED}),
        parts=("notes_again.html",),
        inside="sts facts",
    )
    yield show("stance.html", ("", *({"stance": stance.value} for stance in Stance)))
    yield show(
        "teller.html",
        (_("a record"), {"citation": r.DENIAL}),
        (_("words"), {"citation": r.DOUBT}),
        (_("nobody"), {"citation": r.SUPPORT, "nobody": _("the document itself")}),
    )
    yield show("passage_words.html", ("", {"citation": r.DENIAL}))
    yield show("locators.html", (_("few"), {"citations": supported}), (_("more than four"), {"citations": r.MANY}))


def passages() -> Iterator[Shown]:
    """The passages of one fact, or of one document."""
    disputed = [r.SUPPORT, r.DENIAL, r.DOUBT]
    sides: dict[str, Any] = {"supports": [r.SUPPORT, r.SECOND], "denials": [r.DENIAL, r.DOUBT]}
    level = {"supports": [r.SUPPORT], "denials": [r.DENIAL]}
    caption = _("Passages")
    fields = [_("Quantity delivered"), _("Value")]
    recorded = list(zip(fields, [r.SOLD.quantity_delivered.display(), r.SOLD.value.display()], strict=True))
    told = [(r.SUPPORT, recorded), (r.SECOND, [(fields[0], "some"), (fields[1], "")])]
    groups = [
        {"title": _("Beginning"), "places": "P1–P9", "citations": [r.SUPPORT, r.DENIAL]},
        {"title": "", "citations": [r.DOUBT]},
    ]
    yield show("evidence.html", ("", {"citations": [*disputed, r.SECOND], "caption": caption}))
    yield show(
        "against.html", (_("several voices"), sides | {"claim": r.SOLD.name}), parts=("voice.html", "asides.html")
    )
    yield show("said_and_denied.html", (_("one voice on each side"), {"record": r.SOLD, "passages": level}))
    yield show("wordings.html", ("", {"wordings": Wordings(fields, told, recorded)}))
    yield show("citation_table.html", ("", {"groups": groups, "caption": caption}))
    yield show(
        "source_card.html",
        (_("a document that was read"), {"source": r.REPORT, "draws_on": [r.SPEECH], "language": _("English")}),
        (_("one that is known through another"), {"source": r.SPEECH}),
    )
