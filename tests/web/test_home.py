"""The first page: questions that have answers here, what is disputed, what is newest, how sure, and what is missing."""

import re
from collections import Counter
from typing import Any

from armsdb import actions
from armsdb.lib.vocab import Grade, State
from armsdb.models import Country, Event, Figure, Role, Sanction, Transfer

from .crowds import SECRET, crowd


def test_it_has_one_heading_a_title_and_a_search_box(seeded, read):
    page = read("/")
    assert [words for level, words in page.headings if level == "h1"] == ["ArmsDB"]
    assert page.title == "ArmsDB: Who supplied which arms to whom, and how we know"
    assert page.canonical == "http://testserver/"
    assert page.html.count('role="search"') == 1


def test_its_questions_lead_to_answers(seeded, read):
    page = read("/")
    asked = [(href, words) for href, words in page.links if words.endswith("?")]
    assert len(asked) == 3
    for href, _words in asked:
        answer = read(href)
        assert re.search(r"/transfers/articles-t\d+/", answer.html)


def test_a_question_without_its_records_is_not_asked(seeded, read):
    Country.objects.filter(public_id="russia").update(state=State.DRAFT)
    questions = [words for _href, words in read("/").links if words.endswith("?")]
    assert "What did Myanmar send back to Russia?" not in questions
    assert len(questions) == 2


def test_what_is_disputed_stands_first_with_both_voices(seeded, read):
    page = read("/")
    headings = [words for level, words in page.headings if level == "h2"]
    assert headings[:2] == ["Disputed", "Latest facts, by their own date"]
    disputed = page.text[page.text.index("Disputed") : page.text.index("Latest facts")]
    for line in Transfer.objects.published().disputed():
        assert line.name in disputed
    assert "Says so" in disputed
    assert "Denies it" in disputed


def test_the_newest_facts_are_those_whose_own_date_ends_last(seeded, read):
    """Not those that were entered last; an open end counts as its beginning, and disputed facts stand above."""
    ends: dict[str, Any] = {}
    kinds: list[Any] = [Transfer, Sanction, Event]
    for model in kinds:
        ends |= {
            fact.get_absolute_url(): fact.when_ends
            for fact in model.objects.published().newest()
            if fact.evidence != Grade.DISPUTED
        }
    page = read("/")
    latest = page.html[page.html.index('id="newest"') : page.html.index('id="sure"')]
    shown = list(re.findall(r'href="(/(?:transfers|sanctions|events)/[^"]+/)">(?![TSE][0-9]+<)', latest))
    assert len(shown) == 8
    assert [ends[href] for href in shown] == sorted(ends.values(), reverse=True)[:8]


def test_the_grades_are_counted_and_each_leads_to_its_transfers(seeded, read):
    page = read("/")
    total = 0
    for grade in Grade:
        count = Transfer.objects.published().filter(evidence=grade).count()
        total += count
        if count:
            assert (f"/transfers/?evidence={grade}", str(count)) in page.links
    assert f"All {total}" in page.text
    assert total == Transfer.objects.published().count()


def test_the_bar_shares_its_length_as_the_counts_do(seeded, read):
    told = Counter(Transfer.objects.published().values_list("evidence", flat=True))
    counts = [told[grade.value] for grade in Grade if told[grade.value]]
    html = read("/").html
    for length, drawing in zip(
        (656, 328), re.findall(r"<svg class=\"(?:broad|narrow)\".*?</svg>", html, re.DOTALL), strict=True
    ):
        widths = [float(width) for width in re.findall(r'<rect class="ax[^>]* width="([\d.]+)"', drawing)]
        room = length - 2 * (len(counts) - 1)
        assert widths == [round(room * count / sum(counts), 1) for count in counts]
        assert "style=" not in drawing


def test_what_is_missing_is_counted(seeded, read):
    lines = list(Transfer.objects.published())
    numbers = [
        line for line in lines if any(q and q.low is not None for q in (line.quantity_delivered, line.quantity_ordered))
    ]
    words = [line for line in lines if line not in numbers and (line.quantity_delivered or line.quantity_ordered)]
    text = read("/").text
    assert f"carry no date at all {sum(not line.dates for line in lines)}" in text
    assert f"say how many, as a number {len(numbers)}" in text
    assert f"say how many in words only {len(words)}" in text
    assert f"state a value in money {sum(bool(line.value) for line in lines)}" in text


def test_the_other_kinds_are_counted_beside_the_transfers(seeded, read):
    page = read("/")
    for model, url in ((Figure, "/figures/"), (Role, "/api/v1/roles/")):
        assert (url, f"{model.objects.published().count()} {model._meta.verbose_name_plural}") in page.links


def test_it_stands_without_any_record(empty, read):
    page = read("/")
    assert "Of 0 transfers" in page.text
    assert not page.under("Disputed")
    assert not [words for _href, words in page.links if words.endswith("?")]


def test_drafts_and_withdrawn_facts_are_neither_told_nor_counted(middle, read):
    crowd(middle, 1, 1)
    before = read("/").html
    crowd(middle, 2, 3, state=State.DRAFT, word=SECRET)
    assert read("/").html == before
    event = Event.objects.published().get()
    actions.withdraw(record=event, reason="A test.")
    assert event.name not in read("/").html


def test_it_needs_as_many_queries_for_twenty_facts_as_for_one(middle, queries):
    """
    1 the data version; 2 and 3 the records of its questions; 4 to 11 disputed facts of four kinds, each with their
    citations; 12 to 17 the newest of three kinds with theirs; 18 to 22 how many of five other kinds; 23 the columns of
    transfers, which tests read anew; 24 which equipment is not named; 25 known from one document.
    """
    needed = []
    for last in (1, 20):
        crowd(middle, 1 if last == 1 else 2, last)
        for model in (Transfer, Figure, Sanction, Event):
            model.objects.filter(public_id__endswith=f"-{last}").update(evidence=Grade.DISPUTED)
        if last == 1:
            crowd(middle, 21, 21)
        needed.append(queries("/"))
    assert needed == [25, 25]
