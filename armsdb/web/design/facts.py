"""Samples: facts, and what many of them tell together."""

from collections.abc import Iterator
from decimal import Decimal
from types import SimpleNamespace

from django.utils.translation import gettext as _

from armsdb.charts.axis import relation_axis
from armsdb.exporters.works import of_ours
from armsdb.lib import dates
from armsdb.lib.numbers import Money, VagueNumber
from armsdb.lib.vocab import Known
from armsdb.models.company_parts import CompanyTotal
from armsdb.models.gaps import Gaps
from armsdb.models.ledgers import EquipmentTotals, Partner, Place
from armsdb.models.profiles import Excerpt
from armsdb.models.side_by_side import SideBySide
from armsdb.models.years import YearRow, YearTable
from armsdb.web.changes import Entry, Line
from armsdb.web.citing import Cite

from . import records as r
from .shown import Shown, show

_CITE = Cite(
    of_ours(
        r.SOLD.public_id, r.SOLD.name, "https://arms.example.org/", 1042, r.DAY.date(), [_("A publisher, A report")]
    )
)
LINES = [r.SOLD, r.RETURNED, r.UNDATED]


def facts() -> Iterator[Shown]:
    """One fact, or some of them."""
    caption = _("Transfers")
    yield show(
        "fact_statements.html",
        ("", {"facts": [r.VISIT, r.EXPECTED, r.RETURNED]}),
        (_("sanctions told as one"), {"facts": [r.JOINT], "dense": True}),
        parts=("joint_records.html",),
    )
    yield show("fact_table.html", ("", {"facts": [r.VISIT, r.EXPECTED], "caption": _("Events"), "kinds": True}))
    yield show(
        "transfer_table.html",
        (_("full"), {"transfers": LINES, "caption": caption}),
        (
            _("short, with titles"),
            {
                "transfers": LINES,
                "caption": caption,
                "show": "when evidence sources",
                "layout": "pair",
                "titles": True,
                "ids": True,
            },
        ),
        parts=("transfer_row.html", "ledger_key.html"),
    )
    yield show(
        "side_by_side.html",
        (_("told differently"), {"told": SideBySide([r.SOLD, r.REGISTERED]), "caption": _("The same delivery")}),
        (_("told alike"), {"told": SideBySide([r.SOLD, r.SOLD]), "caption": _("The same delivery")}),
    )
    yield show(
        "chain.html",
        (_("two legs"), {"legs": [r.SOLD, r.RETURNED], "here": r.RETURNED}),
        (_("a long one"), {"legs": LINES, "here": r.SOLD}),
        parts=("chain_node.html",),
    )
    yield show(
        "figure_list.html",
        (_("by their titles"), {"figures": [r.MONEY, r.PEOPLE, r.TREND]}),
        (_("what is stated, in short"), {"figures": [r.TREND], "said": True}),
    )
    yield show("quantity.html", ("", *({"number": number, "unit": _("tanks")} for number in _numbers())), inside="num")
    yield show("ownership.html", ("", {"ownership": r.OWNED, "label": _("Owns"), "party": r.AGENCY}), inside="sts")
    yield show(
        "entered.html",
        (_("changed"), {"record": r.SOLD, "history": _history(1)}),
        (_("never"), {"history": _history(0)}),
    )
    yield show(
        "history.html",
        (
            _("more changes than a page tells"),
            {"record": r.SOLD, "history": _history(9), "cite": _CITE, "api_url": r.HERE},
        ),
        parts=("cite.html", "cite_formats.html", "corrections.html", "data_links.html"),
    )
    yield show("changes.html", ("", {"entries": _history(1).entries}), parts=("word_differences.html",))


def _history(number: int) -> SimpleNamespace:
    """What readers are told of so many changes, as web/changes.py tells it."""
    told = [
        Line(_("Value"), "", r.SOLD.value.display()),
        Line(_("Quantity delivered"), _("not stated"), r.SOLD.quantity_delivered.display()),
        Line(_("Passage"), "P7", ""),
        Line(
            _("Comment"),
            _("The report tells of two parts, the first of them handed over by sea."),
            _("The report tells of three parts, the first of them handed over by rail."),
        ),
    ]
    entries = [Entry(r.DAY, _("The report was read again."), _("Shown again."), told)] * number
    return SimpleNamespace(
        entered=r.DAY, entries=entries, newest=entries[:4], is_long=number > 3, is_cut=number > 4, url=r.HERE
    )


def _numbers() -> list[VagueNumber]:
    one, two = Decimal(15), Decimal(20)
    return [
        VagueNumber(one, one, False, ""),
        VagueNumber(one, two, False, ""),
        VagueNumber(one, one, True, ""),
        VagueNumber(one, None, False, ""),
        VagueNumber(None, two, False, ""),
        VagueNumber(None, None, False, "thousands"),
        Money(one, one, False, "", currency="USD", basis=""),
    ]


def drawings() -> Iterator[Shown]:
    """The time axis of two countries."""
    axis = relation_axis(
        r.NORTHLAND,
        r.SOUTHLAND,
        there=[r.SOLD],
        back=[r.RETURNED],
        figures=[r.MONEY],
        visits=[r.VISIT],
        sanctions=[r.EMBARGO],
        guides=[r.VISIT],
    )
    undated = _("Not drawn, for want of a date: %(lines)s.") % {"lines": r.UNDATED.name}
    parts = ("drawing.html", "patterns.html", "axis_key.html", "axis_table.html")
    yield show("axis.html", ("", {"axis": axis, "undated": undated}), parts=parts)


def words() -> Iterator[Shown]:
    """Short pieces that stand in rows and lines."""
    yield show("names.html", ("", {"aliases": r.NAMES}))
    yield show(
        "party.html",
        (_("a country"), {"country": r.NORTHLAND, "known": Known.COUNTRY}),
        (_("an organisation"), {"organisation": r.WORKS, "known": Known.ORGANISATION}),
        (_("not known"), {"known": Known.UNKNOWN}),
    )
    notes = {"citations": [r.SUPPORT], "field": ""}
    yield show(
        "party_links.html",
        (
            _("records"),
            {"label": _("Participants"), "rows": [{"entity": r.SPEAKER}], "notes": notes, "grade": "reported"},
        ),
        (_("words alone"), {"label": _("Participants"), "rows": [], "stated": "dealers"}),
        (_("nothing"), {"label": _("Participants"), "rows": []}),
        inside="sts",
    )
    yield show("when.html", ("", {"fact": r.SOLD}, {"fact": r.RETURNED}, {"fact": r.VISIT}))
    yield show("vague.html", ("", {"date": dates.parse("2022-09", "perhaps in September 2022")}), parts=("hedge.html",))
    yield show("organisation_list.html", ("", {"organisations": [r.WORKS, r.AGENCY]}))


def together() -> Iterator[Shown]:
    """What some lines tell together."""
    nothing: list[Decimal | None] = [None, None]
    years = YearTable(
        dataset=r.DATASET,
        years=[YearRow("2024", [1, 0], nothing)],
        spans=[YearRow("2021 to 2023", [0, 2], nothing)],
        open=[YearRow(_("since %(year)s") % {"year": 2020}, [1, 1], nothing)],
        undated=[YearRow(_("date not stated"), [1, 0], nothing)],
    )
    volumes = YearTable(dataset=r.OTHER_DATASET, years=[YearRow("2024", [2, 1], [Decimal("12.50"), None])])
    columns = {"first": _("Transfers supplied"), "second": _("Transfers received"), "caption": _("Years")}
    partners = [
        Partner(
            recipient=r.SOUTHLAND,
            lines=4,
            undated=1,
            documented=2,
            each=[dates.parse("2021"), dates.parse("2024", "perhaps in 2024")],
            years=(2021, 2024),
            places=[Place("P4", r.HERE)],
        ),
        Partner(lines=1, undated=1),
    ]
    yield show(
        "year_table.html",
        (_("of one dataset"), {"tables": [years], **columns}),
        (_("of several"), {"tables": [years, volumes], **columns}),
        parts=("year_rows.html",),
    )
    yield show(
        "partner_table.html",
        ("", {"partners": partners, "heading": _("Recipient"), "caption": _("Partners")}),
        parts=("partner.html",),
    )
    yield show(
        "company_table.html",
        (
            "",
            {
                "parts": [CompanyTotal(r.WORKS, ["exporter"], 3)],
                "caption": _("Companies"),
            },
        ),
    )
    yield show(
        "equipment_table.html",
        ("", {"equipment": EquipmentTotals([(r.TANKS, 3), (r.SIGHTS, 1)], 2), "caption": _("Equipment")}),
    )
    yield show("source_table.html", ("", {"sources": [r.REPORT, r.SPEECH], "caption": _("Sources")}))
    yield show("told_table.html", ("", {"citations": [r.SUPPORT, r.DENIAL], "caption": _("What is said")}))
    gaps = Gaps(lines=9, date=4, quantity=8, in_words=2, value=7, designation=3, supplier=1, recipient=1)
    yield show("gaps.html", ("", {"gaps": gaps}))


def sections() -> Iterator[Shown]:
    """Whole sections of the pages of entities."""
    some = Excerpt([r.SOLD, r.UNDATED], more=True)
    yield show(
        "section_head.html",
        (
            _("with a mark and a word above the margin"),
            {"id": "sample-section", "title": _("Disputed"), "margin": _("How we know"), "mark": "disputed"},
        ),
        inside="sec",
    )
    yield show(
        "section_transfers.html",
        (
            "",
            {
                "id": "sample-lines",
                "title": _("Transfers"),
                "say": _("A line below the title."),
                "lines": some,
                "url": r.HERE,
                "step": _("All its transfers"),
            },
        ),
    )
    yield show(
        "section_facts.html",
        ("", {"id": "sample-events", "title": _("Events"), "facts": Excerpt([r.VISIT], more=True), "url": r.HERE}),
    )
    yield show("section_figures.html", ("", {"title": _("Figures"), "figures": Excerpt([r.MONEY]), "url": r.HERE}))
    yield show("section_roles.html", ("", {"title": _("Roles"), "roles": [r.HELD], "names": True}))
    yield show("section_told.html", ("", {"title": _("What it says"), "told": Excerpt([r.DENIAL], more=True)}))
    yield show("section_sources.html", ("", {"sources": [r.REPORT]}))
