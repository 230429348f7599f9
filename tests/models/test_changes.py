"""What readers may know of how a record came to be: each change since it was first published, and nothing of drafts."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from armsdb import actions
from armsdb.lib.reasons import proposed_by
from armsdb.lib.vocab import State
from armsdb.models import Citation, Country, Dataset, Organisation, Record, Transfer
from armsdb.models.changes import Did, changes_of, told_fields, withdrawn_on
from armsdb.web.changes import History, word_for
from tests import factories

SECRET = "zzdraftword"


def put(record, reason, parts=None, **values):
    changed, _ = actions.put(model=type(record), public_id=record.public_id, values=values, parts=parts, reason=reason)
    return changed


def told(record):
    """The changes since the first, as plain words: why, what happened to the whole, and each line."""
    entries = History(type(record).objects.get(pk=record.pk)).entries
    return [
        (entry.why, entry.did, [(line.label, line.before, line.after) for line in entry.lines]) for entry in entries
    ]


# --- what is told


def test_a_new_record_has_one_change_that_it_was_entered(seeded):
    """Its parts, its citations, its grade and its publication are one entry, however many rows they wrote."""
    for record in (factories.transfer(citations=[{}, {"locator": "2"}]), factories.person(), factories.article()):
        (change,) = changes_of(record)
        assert [(step.part, step.did) for step in change.steps] == [("", Did.ADDED)]
        assert change.why == factories.REASON


def test_all_of_the_seed_was_entered_at_once_and_not_changed_since(seeded):
    for kind in (Country, Organisation, Dataset, Transfer):
        for record in kind.objects.published():
            assert len(changes_of(record)) == 1, record


def test_a_change_tells_field_before_after_and_why_the_newest_first(seeded):
    line = factories.transfer(quantity_delivered=12, ordered="2019")
    put(line, "Counted again.", quantity_delivered={"low": 10, "approximate": True}, status="delivered")
    put(line, "The contract was found.", value={"low": 5, "high": 5, "currency": "USD", "basis": "contract"})
    put(line, "A date was wrong.", ordered={"edtf": "2020", "text": "by the end of 2020"})
    assert told(line) == [
        ("A date was wrong.", "", [("Date of order", "2019", "by the end of 2020 (taken as 2020)")]),
        ("The contract was found.", "", [("Value", "", "5 USD (contract)")]),
        (
            "Counted again.",
            "",
            [("Status", "unknown", "delivered"), ("Quantity delivered", "12", "at least about 10")],
        ),
    ]


def test_who_proposed_a_change_is_not_told(seeded):
    """The history keeps the name in its reason, for the desk alone."""
    country = factories.country()
    put(country, proposed_by("Found out.", "edith"), summary="Better.")
    assert [why for why, _did, _lines in told(country)] == ["Found out."]


def test_references_are_told_by_name_and_derived_titles_not_at_all(seeded):
    line = factories.transfer()
    other = factories.country("Elsewhere")
    put(line, "Another recipient.", recipient=other)
    assert told(line) == [("Another recipient.", "", [("Recipient", "Otherland", "Elsewhere")])]


def test_parts_are_told_row_by_row(seeded):
    works, yard = factories.organisation("Test Works"), factories.organisation("Test Yard")
    line = factories.transfer(parts={"companies": [{"company": works, "role": "exporter"}]})
    rows = [{"company": works, "role": "exporter"}, {"company": yard, "role": "broker"}]
    put(line, "A broker.", parts={"companies": rows})
    put(line, "No exporter.", parts={"companies": rows[1:], "deliveries": [{"date": "2019", "quantity": 3}]})
    land = factories.country("Landland")
    put(land, "A former name.", parts={"aliases": [{"name": "Oldland", "kind": "former", "until_year": 1989}]})
    assert told(line) == [
        ("No exporter.", "", [("Companies", "Test Works, exporter", ""), ("Deliveries", "", "2019, 3")]),
        ("A broker.", "", [("Companies", "", "Test Yard, broker")]),
    ]
    assert told(land) == [("A former name.", "", [("Other names", "", "Oldland (former name, –1989)")])]


def test_citations_are_told_as_they_come_change_and_go_and_the_grade_with_them(seeded):
    line = factories.transfer()
    values = {"source": factories.article(), "locator": "7", "basis": "reporting", "stance": "denies"}
    denial, _ = actions.cite(fact=line, values=values, reason="Denied elsewhere.")
    assert told(line)[0][2] == [
        ("Evidence", "reported", "disputed"),
        ("Passage", "", "Test article, 7 (denies)"),
    ]
    actions.cite(
        fact=line, number=2, values={"stance": "questions", "reported": {"status": "ordered"}}, reason="Read again."
    )
    assert told(line)[0] == (
        "Read again.",
        "",
        [
            ("Passage Test article, 7, stance", "denies", "questions"),
            ("Passage Test article, 7, status", "what the record says", "ordered"),
        ],
    )
    denial.refresh_from_db()
    actions.withdraw(record=denial, reason="Not of this line.")
    assert told(line)[0] == (
        "Not of this line.",
        "",
        [("Evidence", "disputed", "reported"), ("Passage", "Test article, 7 (questions)", "")],
    )


def test_a_record_that_was_withdrawn_and_shown_again_tells_both(seeded):
    """What changed while it was not shown is told as one difference between what readers saw."""
    line = factories.transfer(comment="First words.")
    actions.withdraw(record=line, reason="In doubt.")
    put(line, "Between.", comment=f"{SECRET} words.")
    put(line, "Between again.", comment="Last words.")
    actions.publish(record=Transfer.objects.get(pk=line.pk), reason="Sure again.")
    assert told(line) == [
        ("Sure again.", "Shown again.", [("What else is told", "“First words.”", "“Last words.”")]),
        ("In doubt.", "Withdrawn.", []),
    ]


def test_roles_and_ownerships_are_told_on_the_page_that_they_live_on(seeded):
    person, works = factories.person(), factories.organisation("Test Works")
    role = factories.role(person=person, title="tester", published=False)
    actions.publish(record=role, reason="A role was found.")
    put(role, "Dated.", period="2019")
    factories.ownership(child=works)
    assert told(person) == [
        ("Dated.", "", [("Role “Test Person, tester, Testland”, period", "", "2019")]),
        ("A role was found.", "", [("Role", "", "Test Person, tester, Testland")]),
    ]
    assert told(factories.country())[:1] == []


def test_a_record_that_was_renamed_tells_both_ids(seeded):
    land = factories.country("Landland")
    actions.rename(record=land, public_id="test-land", reason="Shorter.")
    assert told(land) == [("Shorter.", "", [("Id", "test-landland", "test-land")])]


def test_one_run_is_one_change_however_long_it_takes(seeded, monkeypatch):
    """Rows that a run writes are of the moment in which it began; saves apart by more than a pause are two changes."""
    line = factories.transfer()
    begun = timezone.now()
    with actions.gathered():
        put(line, "A run.", comment="One.")
        monkeypatch.setattr(timezone, "now", lambda: begun + timedelta(minutes=5))
        put(line, "A run.", status="ordered")
    assert len(told(line)) == 1
    monkeypatch.setattr(timezone, "now", lambda: begun + timedelta(minutes=10))
    put(line, "A run.", comment="Two.")
    assert len(told(line)) == 2


# --- what is not told


def test_drafting_is_not_told(seeded):
    """Neither values that only a draft had, nor the reasons of those days."""
    line = factories.transfer(published=False, comment=f"{SECRET} comment")
    put(line, f"{SECRET} reason", comment="Plain.")
    actions.publish(record=Transfer.objects.get(pk=line.pk), reason="Ready.")
    changes = changes_of(line)
    assert [change.why for change in changes] == ["Ready."]
    assert SECRET not in str([vars(step.after) for change in changes for step in change.steps])


def test_a_draft_citation_is_told_when_it_is_published(seeded):
    line = factories.transfer()
    citation = Citation(
        public_id=f"{line.public_id}-c9", transfer=line, source=factories.article(), locator="9", basis="reporting",
        note=SECRET, state=State.DRAFT,
    )  # fmt: skip
    actions.saving.save_row(citation, user=None, reason=f"{SECRET} reason")
    assert told(line) == []
    put(citation, f"{SECRET} again", note="Plain.")
    assert told(line) == []
    actions.publish(record=Citation.objects.get(pk=citation.pk), reason="Read by two.")
    assert told(line) == [("Read by two.", "", [("Passage", "", "Test article, 9 (supports)")])]


def test_what_is_named_and_was_only_ever_a_draft_is_not_told(seeded):
    """Rows that name a draft beside a published record, as no action would let them; a withdrawn one has no name."""
    line = factories.transfer()
    hidden = factories.organisation(SECRET, published=False)
    line.company_rows.create(company=hidden, role="exporter")
    Transfer.objects.filter(pk=line.pk).update(supplier_organisation=hidden)
    Transfer.objects.get(pk=line.pk).save()
    assert told(line) == []
    Organisation.objects.filter(pk=hidden.pk).update(state=State.WITHDRAWN, state_reason="Gone.")
    (entry,) = told(line)
    assert entry[2] == [
        ("Supplying organisation", "", "a record that is not shown any more"),
        ("Companies", "", "a record that is not shown any more, exporter"),
    ]


def test_what_readers_cannot_see_is_no_change(seeded):
    land = factories.country("Landland")
    Country.objects.get(pk=land.pk).save()
    assert told(land) == []


# --- words, dates, cost


def record_kinds():
    return [model for model in apps.get_models() if issubclass(model, Record) and not model._meta.proxy]


@pytest.mark.parametrize("kind", record_kinds())
def test_every_field_that_is_told_has_words(kind):
    """Guards against a new column whose changes would fail on the page."""
    for field in told_fields(kind):
        assert word_for(field)


def test_the_day_of_withdrawal_is_not_moved_by_later_saves(seeded):
    line = factories.transfer()
    actions.withdraw(record=line, reason="In doubt.")
    day = withdrawn_on(line)
    put(line, "A word.", comment="More.")
    assert withdrawn_on(Transfer.objects.get(pk=line.pk)) == day < Transfer.objects.get(pk=line.pk).updated


@pytest.mark.parametrize("kind", [Transfer, Country])
def test_twenty_changes_need_as_many_queries_as_one(kind, seeded):
    """
    A line: 1 itself, 2 companies, 3 deliveries, 4 overlaps, 5 citations, 6 the countries that changes name.
    A country: 1 itself, 2 its names, 3 identifiers, 4 successors, 5 roles, 6 their citations, 7 the countries.
    """
    lands = [factories.country(name) for name in ("Landland", "Elsewhere")]
    record = factories.transfer() if kind is Transfer else factories.country("Changing")
    needed = []
    for number in range(20):
        land = lands[number % 2]
        if kind is Transfer:
            put(record, f"Change {number}.", recipient=land)
        else:
            put(record, f"Change {number}.", parts={"successors": [{"successor": land}]})
        if number in (0, 19):
            with CaptureQueriesContext(connection) as captured:
                assert len(History(record).entries) == number + 1
            needed.append(len(captured))
    assert needed == [6 if kind is Transfer else 7] * 2
