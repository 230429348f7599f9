"""Pages of facts: each value with what speaks of it, every passage, what is told differently, and nothing
unpublished."""

import re

import pytest

from armsdb import actions
from armsdb.lib.vocab import State
from armsdb.models import Citation, Event, Figure, Organisation, Sanction, Transfer, TransferOverlap
from armsdb.web.passages import Passages
from armsdb.web.unknowns import unknown_of
from tests import factories
from tests.search.builders import cite, fact, record

from .crowds import SECRET, crowd

KINDS = {"transfers": Transfer, "figures": Figure, "sanctions": Sanction, "events": Event}


def passages_of(model, public_id):
    return Passages(model.objects.with_citations().get(public_id=public_id))


@pytest.mark.walk
@pytest.mark.any_engine
@pytest.mark.parametrize("kind", KINDS)
def test_every_fact_has_a_page_with_its_own_title_one_heading_and_every_passage(kind, seeded, read):
    titles = []
    for record_ in KINDS[kind].objects.published():
        page = read(record_.get_absolute_url())
        titles.append(page.title)
        assert page.headings[0] == ("h1", record_.name)
        assert [level for level, _words in page.headings].count("h1") == 1
        assert len(page.ids) == len(set(page.ids))
        for citation in record_.citations.published():
            assert citation.public_id in page.ids
            assert citation.locator in page.text
        assert record_.evidence_reason in page.text
        assert page.link("This record in the API") == record_.get_api_url()
    assert len(titles) == len(set(titles))


def test_no_passage_of_any_fact_is_lost(seeded):
    """What the evidence of a page lists is every published citation of its fact, each at one place."""
    for model in KINDS.values():
        for record_ in model.objects.published().with_citations():
            listed = {citation.public_id for citation in Passages(record_).citations}
            own = Citation.objects.published().filter(**{model.TYPE: record_}).values_list("public_id", flat=True)
            assert listed == set(own)
            assert all(re.fullmatch(r"[A-Z][0-9]+", citation.locator) for citation in Passages(record_).citations)


# --- one line


def test_a_line_tells_its_values_and_what_is_not_stated(seeded, read):
    page = read("/transfers/articles-t44/")
    assert "at least 24,000,000 USD what the sum stands for is not stated" in page.text
    assert "thousands (no number given)" in page.text
    assert "by December 2022 taken as 24 February 2022 to December 2022" in page.text
    assert "Quantity not stated" in read("/transfers/articles-t46/").text


def test_a_value_has_the_passages_that_speak_of_it_and_no_others(seeded):
    """B50 tells how many, B51 the value; both tell how far it went, and not alike."""
    notes = passages_of(Transfer, "articles-t44").notes
    told = {name: [citation.locator for citation in notes[name].citations] for name in notes}
    assert told["quantity_delivered"] == ["B50"]
    assert told["value"] == ["B51"]
    assert told["companies"] == ["B51"]
    assert told["recipient"] == told["status"] == ["B50", "B51"]
    assert told["quantity_ordered"] == []
    assert (notes["status"].field, notes["value"].field) == ("status", "")


def test_passages_of_several_values_are_told_in_full_once(seeded, read):
    """All values of T46 rest on the same two passages: later ones have their places, one click away, and no more."""
    notes = passages_of(Transfer, "articles-t46").notes
    told = [name for name in ("supplier", "recipient", "equipment", "talked", "status") if not notes[name].again]
    assert told == ["supplier"]
    page = read("/transfers/articles-t46/")
    rows = [block for block in page.blocks if block.text.startswith(("Supplier", "Recipient", "Talks", "Status"))]
    assert len(rows) == 4
    for row in rows:
        assert {"/sources/article-b/#articles-t46-c1", "/sources/article-b/#articles-t46-c2"} <= set(row.addresses)
        assert ("told by" in row.text) == row.text.startswith("Supplier")
        assert ("as above; in full" in row.text) != row.text.startswith("Supplier")
    assert page.link("as above; in full") == "#passages"
    assert "passages" in page.ids


def test_a_value_that_a_passage_tells_differently_keeps_its_notes(seeded):
    notes = passages_of(Transfer, "articles-t44").notes
    assert notes["recipient"].citations == notes["status"].citations
    assert (notes["status"].field, notes["status"].again) == ("status", False)


def test_what_is_told_differently_stands_side_by_side_with_the_record(seeded, read):
    wordings = passages_of(Transfer, "articles-t44").wordings
    told = {citation.locator: dict(cells) for citation, cells in wordings.rows}
    assert (told["B50"]["Status"], told["B51"]["Status"]) == ("delivered", "in delivery")
    assert (told["B50"]["Value"], told["B51"]["Value"]) == ("", "at least 24,000,000 USD")
    assert dict(wordings.recorded)["Status"] == "in delivery"
    assert read("/transfers/articles-t44/").under("What is said differently")


def test_another_day_than_the_record_has_is_told(seeded):
    passages = passages_of(Event, "articles-e11")
    told = {citation.locator: dict(cells)["Date"] for citation, cells in passages.wordings.rows}
    assert told["B47"] == "2 February 2021"
    assert dict(passages.wordings.recorded)["Date"] == "February 2021"


def test_a_fact_that_all_tell_alike_has_no_table_of_differences(seeded, read):
    assert passages_of(Transfer, "articles-t46").wordings is None
    assert not read("/transfers/articles-t46/").under("What is said differently")


def test_words_for_another_record_are_its_name_and_never_a_draft(middle):
    line = _line(middle)
    for state, name in ((State.PUBLISHED, "Seen Works"), (State.DRAFT, SECRET)):
        record(Organisation, name.lower().replace(" ", "-"), name=name, kind="company", state=state)
    cite(line, middle.article, reported={"recipient_organisation": "seen-works"})
    cite(line, middle.article, reported={"recipient_organisation": "zyzzyva"})
    cite(line, middle.article, reported={"companies": [{"role": "exporter", "company": {"id": "seen-works"}}]})
    rows = passages_of(Transfer, line.public_id).wordings.rows[1:]
    assert [dict(cells)["Receiving organisation"] for _citation, cells in rows] == ["Seen Works", "", ""]
    assert dict(rows[2][1])["Companies"] == "Seen Works"


def test_a_disputed_line_gives_support_and_denial_a_side_each(seeded, read):
    page = read("/transfers/articles-t46/")
    assert page.under("Said and denied")
    assert "Says so Kirill Budanov, head of Ukraine's military intelligence" in [
        words for _level, words in page.headings
    ]
    assert "Denies it military government of Myanmar" in [words for _level, words in page.headings]
    assert page.html.count('<div class="side">') == 2
    told = page.text[page.text.index("Said and denied") : page.text.index("ArmsDB does not decide")]
    said, denied = told[: told.index("Denies it")], told[told.index("Denies it") :]
    assert "Says that Russia, short of ammunition, looks for it in other countries" in said
    assert "Ammunition, type not given, Myanmar to Russia" not in said, "its words, not our title of the fact"
    assert "Denies that the talks took place" in denied
    assert not read("/transfers/articles-t44/").under("Said and denied")


def test_what_the_author_thinks_of_a_denial_stands_in_neither_column(seeded, read):
    """Guards against a doubt that reads like a part of the denial that it doubts."""
    html = read("/transfers/articles-t46/").html
    sides, _end, after = html.partition('<div class="against')[2].partition('<p class="aside">')
    assert "doubtful" not in sides
    assert "finds the denial doubtful" in after.partition("</p>")[0]
    assert "B53" in after.partition("</p>")[0]


@pytest.mark.parametrize(("here", "other"), [("t44", "t45"), ("t45", "t44")])
def test_the_way_there_and_back_is_told_on_both_lines(here, other, seeded, read):
    page = read(f"/transfers/articles-{here}/")
    assert page.under("There and back")
    assert page.link(other.upper()) == f"/transfers/articles-{other}/"


def test_each_return_of_a_line_has_a_way_of_its_own(middle, read):
    first = _line(middle, "t-first")
    for key in ("t-back", "t-again"):
        _line(middle, key, returns=first)
    page = read(first.get_absolute_url())
    assert page.html.count('<div class="chain') == 2


def test_lines_that_may_be_the_same_name_each_other(seeded, read):
    for here, other in (("t46", "t47"), ("t47", "t46")):
        page = read(f"/transfers/articles-{here}/")
        assert page.under("May be the same as")
        assert f"/transfers/articles-{other}/" in [href for href, _words in page.links]


def test_what_is_not_known_follows_from_what_is_empty(seeded):
    def unknown(public_id):
        return unknown_of(Transfer.objects.with_parties().get(public_id=public_id))

    sights = unknown("articles-t44")
    assert "Which body in Myanmar supplied it." in sights
    assert "How many, as a number." in sights
    assert "Whether all of it arrived." in sights
    assert not [sentence for sentence in sights if sentence.startswith(("When", "Who received", "Which companies"))]
    assert {"When.", "What it is worth."} <= set(unknown("articles-t45"))


def test_the_path_leads_to_the_two_countries_in_the_order_of_their_page(seeded, read):
    assert read("/transfers/articles-t44/").link("Myanmar to Russia") == "/relations/russia/myanmar/"


def test_training_says_that_it_is_not_counted_among_arms(seeded, read):
    assert "not counted among arms" in read("/transfers/articles-t52/").text
    assert "the recipient is not a government" in read("/transfers/articles-t25/").text


# --- other kinds


def test_a_figure_tells_its_sum_what_it_stands_for_and_whom_it_is_about(seeded, read):
    page = read("/figures/articles-f12/")
    assert "1,700,000,000 USD paid" in page.text
    assert page.link("Russia") == "/countries/russia/"
    assert "a ranking or a trend, in words" in read("/figures/articles-f20/").text


def test_a_sanction_tells_who_imposed_it_and_who_is_not_named(seeded, read):
    assert read("/sanctions/articles-s01/").link("United States") == "/countries/united-states/"
    assert "Imposed by not" in read("/sanctions/articles-s04/").text


def test_an_event_tells_its_place_and_who_took_part(seeded, read):
    page = read("/events/articles-e11/")
    assert page.link("Min Aung Hlaing") == "/people/min-aung-hlaing/"
    assert "Place Myanmar" in page.text


# --- addresses


def test_a_withdrawn_fact_tells_the_reason_and_nothing_else(seeded, read):
    line = Transfer.objects.get(public_id="articles-t44")
    name = line.name
    actions.withdraw(record=line, reason="Told by mistake.")
    page = read("/transfers/articles-t44/", 410)
    assert "Told by mistake." in page.text
    assert page.headings[0] == ("h1", "This record was withdrawn")
    assert name not in page.html
    assert page.meta["robots"] == "noindex"


def test_a_renamed_fact_leads_on_and_an_unknown_one_is_not_there(seeded, client):
    actions.rename(record=Transfer.objects.get(public_id="articles-t44"), public_id="articles-t044", reason="A test.")
    answer = client.get("/transfers/articles-t44/?from=afar")
    assert (answer.status_code, answer["Location"]) == (308, "/transfers/articles-t044/?from=afar")
    assert client.get("/transfers/articles-t999/").status_code == 404


def test_a_fact_is_only_read(seeded, client):
    answer = client.post("/transfers/articles-t44/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")


# --- nothing unpublished


def test_drafts_beside_a_line_are_not_told(middle, read):
    line = _line(middle, "t-seen")
    hidden = _line(middle, "t-hidden", state=State.DRAFT, comment=SECRET)
    back = _line(middle, "t-back", state=State.DRAFT, returns=line)
    TransferOverlap.objects.create(first=line, second=hidden)
    Transfer.objects.filter(pk=line.pk).update(returns=hidden)
    cite(line, middle.article, locator="A77", note=SECRET, state=State.DRAFT)
    page = read(line.get_absolute_url())
    for text in (SECRET, "A77", hidden.public_id, back.public_id, "There and back", "May be the same as"):
        assert text not in page.html


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_has_no_page(kind, middle, client):
    crowd(middle, 1, 1, state=State.DRAFT, word=SECRET)
    draft = KINDS[kind].objects.get(public_id__regex=r"articles-[tfse]-zyzzyva-1")
    assert client.get(draft.get_absolute_url()).status_code == 404


# --- queries


def test_a_page_needs_as_many_queries_for_twenty_neighbours_and_citations_as_for_one(middle, queries):
    """
    Each: the data version.
    A line: 1 the line with its parties, 2 citations, 3 companies' parts, 4 the companies, 5 deliveries, 6 the
    order of the two countries, 7 lines beside it on a way back, 8 lines that tell of the same delivery, 9 lines that
    it may be the same as, 10 their citations.
    The others: 1 the fact, 2 citations, then one for its parties and one for each kind among them: four kinds
    about a figure,
    three for whom a sanction is aimed at and one more with one kind for who imposed it, three in an event.
    And the history of each: of itself, of its citations, and of each kind of part: companies, deliveries and overlaps
    of a line, one kind of a figure and of an event, two of a sanction. To cite it: the data version, the documents.
    """
    needed = []
    crowd(middle, 1, 1)
    line = Transfer.objects.get(public_id="articles-t-crowd-1")
    for last in (1, 20):
        for number in range(1 if last == 1 else 2, last + 1):
            other = _line(middle, f"t-near-{number}", returns=line)
            TransferOverlap.objects.create(first=line, second=other)
            for kind, letter in (("transfers", "t"), ("figures", "f"), ("sanctions", "s"), ("events", "e")):
                cite(
                    KINDS[kind].objects.get(public_id=f"articles-{letter}-crowd-1"),
                    middle.article,
                    locator=f"B{number}",
                )
        letters = {"transfers": "t", "figures": "f", "sanctions": "s", "events": "e"}
        needed.append({kind: queries(f"/{kind}/articles-{letter}-crowd-1/") for kind, letter in letters.items()})
    assert needed == [{"transfers": 1 + 12 + 5, "figures": 1 + 9 + 3, "sanctions": 1 + 10 + 4, "events": 1 + 8 + 3}] * 2


def _line(w, key="t-line", **values):
    state = values.pop("state", State.PUBLISHED)
    line = fact(
        Transfer, key, w.dataset, state=state, supplier=w.country, recipient=w.country, equipment=w.equipment, **values
    )
    cite(line, w.article)
    return line


def test_the_words_of_a_number_stand_under_it(seeded, read):
    """Guards “almost 160”, of which readers would else see “about 160” alone."""
    line = factories.transfer(
        "T1",
        quantity_delivered={"low": 160, "high": 160, "approximate": True, "text": "almost 160"},
        value={"low": "24000000", "high": "24000000", "text": "some <24> Mio", "currency": "USD", "basis": "contract"},
    )
    page = read(line.get_absolute_url())
    assert "about 160 almost 160" in page.text
    assert "24,000,000 USD some <24> Mio; contract" in page.text
