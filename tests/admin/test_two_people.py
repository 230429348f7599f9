"""Two people at one record: the second is told, nothing is overwritten, and nothing that was typed is lost."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from armsdb import actions
from armsdb.admin.clashing import Merged
from tests import factories
from tests.accounts import reviewer

from .desk import FormReader, change_address, errors_of, filled, opened, rows

pytestmark = pytest.mark.django_db


def test_the_second_is_told_who_changed_what_and_keeps_what_was_typed(desk: Client) -> None:
    """A change that somebody else's save takes back without anybody knowing."""
    transfer = factories.transfer(comment="As it was.")
    form = opened(desk, change_address(transfer))
    other = Client()
    other.force_login(reviewer("olga"))
    other.post(
        change_address(transfer),
        filled(opened(other, change_address(transfer)), comment="As Olga has it.", reason="Olga's reason."),
    )

    answer = desk.post(change_address(transfer), filled(form, comment="As Rosa has it.", reason="Mine."))
    page = answer.content.decode()
    assert errors_of(answer) == {
        "__all__": ["Somebody else changed this record while you had it open. Nothing was saved."],
        "comment": ["Somebody else changed this too; stored is now: “As Olga has it.”."],
    }
    transfer.refresh_from_db()
    assert transfer.comment == "As Olga has it."
    for told in ("olga", "Olga&#x27;s reason.", "As it was.", "As Olga has it.", "As Rosa has it."):
        assert told in page, told

    again = filled(opened_again(page), comment="As both have it.", reason="Agreed.")
    assert desk.post(change_address(transfer), again).status_code == 302
    transfer.refresh_from_db()
    assert transfer.comment == "As both have it."


def opened_again(page: str) -> dict[str, list[str]]:
    return FormReader(page).values


@pytest.mark.parametrize("what", ["a citation", "a part"])
def test_a_change_of_a_citation_or_a_part_counts_too(desk: Client, what: str) -> None:
    """A form that overwrites the citations or the companies that somebody else has just noted."""
    transfer = factories.transfer(parts={"companies": [{"company": factories.organisation(), "role": "broker"}]})
    form = opened(desk, change_address(transfer))
    if what == "a citation":
        factories.cite(transfer, locator="99")
    else:
        rows = [{"company": factories.organisation(), "role": "exporter"}]
        actions.put(
            model=type(transfer),
            public_id=transfer.public_id,
            values={},
            parts={"companies": rows},
            reason="Meanwhile.",
        )
    answer = desk.post(change_address(transfer), filled(form, reason="Mine."))
    assert "Somebody else changed this record" in errors_of(answer)["__all__"][0]
    assert "exporter" in answer.content.decode() or "99" in answer.content.decode()


@pytest.mark.parametrize("token", ["", "yesterday", "2026-01-01", "9999-12-31T23:59:59+00:00", "\N{SNOWMAN}"])
def test_a_form_without_its_token_saves_nothing(desk: Client, token: str) -> None:
    """A hidden field that somebody took out or changed."""
    transfer = factories.transfer()
    form = filled(opened(desk, change_address(transfer)), opened=token, comment="New.", reason="Mine.")
    assert desk.post(change_address(transfer), form).status_code == 200
    transfer.refresh_from_db()
    assert transfer.comment == ""


def clash(desk: Client, transfer: Any, mine: dict[str, Any], theirs: dict[str, Any]) -> Any:
    """What who comes second is answered: both opened the form, the other one saved first."""
    form = opened(desk, change_address(transfer))
    other = Client()
    other.force_login(reviewer("olga"))
    saved = other.post(
        change_address(transfer), filled(opened(other, change_address(transfer)), **theirs, reason="Olga's reason.")
    )
    assert saved.status_code == 302, errors_of(saved)
    return desk.post(change_address(transfer), filled(form, **mine, reason="Mine."))


def test_what_the_second_did_not_touch_is_what_is_stored_now(desk: Client) -> None:
    """A correction that is undone by who never looked at that field."""
    transfer = factories.transfer(comment="As it was.")
    theirs = {"delivered_edtf": "2021-03", "supplier": factories.country("Newland").pk, "quantity_ordered": "about 12"}
    answer = clash(desk, transfer, {"comment": "Mine.", "quantity_ordered": "15"}, theirs)
    form = opened_again(answer.content.decode())
    assert form["delivered_edtf"] == ["2021-03"]
    assert form["supplier"] == [str(theirs["supplier"])]
    assert (form["comment"], form["quantity_ordered"]) == (["Mine."], ["15"])
    told = errors_of(answer)
    assert told["quantity_ordered"] == ["Somebody else changed this too; stored is now: about 12."]
    assert set(told) == {"__all__", "quantity_ordered"}

    assert desk.post(change_address(transfer), filled(form)).status_code == 302
    transfer.refresh_from_db()
    assert (transfer.delivered.edtf, str(transfer.supplier)) == ("2021-03", "Newland")
    assert (transfer.comment, transfer.quantity_ordered.low) == ("Mine.", 15)


def test_rows_are_brought_together_too(desk: Client) -> None:
    """A passage or a company that somebody noted, and that is gone when another one saves the form."""
    one, two, three = (factories.organisation(f"Works {number}") for number in range(3))
    transfer = factories.transfer(
        citations=[{"locator": "1"}, {"locator": "2"}, {"locator": "3"}],
        parts={"companies": [{"company": one, "role": "broker"}]},
    )
    form = opened(desk, change_address(transfer))
    passage = {"source": factories.article().pk, "stance": "supports", "basis": "reporting"}
    theirs = {
        "citations-0-note": "Olga's note.",
        "citations-1-DELETE": "on",
        "citations-2-locator": "33",
        **rows(form, "citations", passage | {"locator": "8"}),
        **rows(form, "company_rows", {"company": two.pk, "role": "producer"}),
    }
    mine = {
        "citations-0-locator": "11",
        "citations-2-locator": "34",
        **rows(form, "citations", passage | {"locator": "9"}),
        **rows(form, "company_rows", {"company": three.pk, "role": "exporter"}),
    }
    answer = clash(desk, transfer, mine, theirs)
    again = opened_again(answer.content.decode())
    assert errors_of(answer)["citations-1-locator"] == ["Somebody else changed this too; stored is now: “33”."]
    assert desk.post(change_address(transfer), filled(again)).status_code == 302
    assert sorted(transfer.citations.published().values_list("locator", "note")) == [
        *(("11", "Olga's note."), ("34", ""), ("8", ""), ("9", "")),
    ]
    assert sorted(transfer.company_rows.values_list("company__name", "role")) == [
        *(("Works 0", "broker"), ("Works 1", "producer"), ("Works 2", "exporter")),
    ]


def test_rows_that_were_taken_back_and_changed_are_marked(desk: Client) -> None:
    """Guards against a citation or a company that comes back unseen, for who saves it was not told."""
    one = factories.organisation("Works")
    transfer = factories.transfer(
        citations=[{"locator": "1"}, {"locator": "2"}], parts={"companies": [{"company": one, "role": "broker"}]}
    )
    theirs = {"citations-1-DELETE": "on", "company_rows-0-DELETE": "on"}
    mine = {"citations-1-locator": "22", "company_rows-0-role": "producer"}
    answer = clash(desk, transfer, mine, theirs)
    told = ["olga took this back meanwhile; saving makes it anew."]
    assert errors_of(answer) == {
        "__all__": ["Somebody else changed this record while you had it open. Nothing was saved."],
        "citations-1-source": told,
        "company_rows-0-company": told,
    }
    again = opened_again(answer.content.decode())
    assert desk.post(change_address(transfer), filled(again)).status_code == 302
    assert sorted(transfer.citations.published().values_list("locator", flat=True)) == ["1", "22"]
    assert list(transfer.company_rows.values_list("role", flat=True)) == ["producer"]


@pytest.mark.parametrize("marks", ["", "[]", "{", "[" * 5000, '{"comment": 7}', "\N{SNOWMAN}"])
def test_marks_that_nobody_made_keep_what_was_typed(desk: Client, marks: str) -> None:
    """A hidden field that somebody took out or changed: nothing fails, and nothing is overwritten."""
    transfer = factories.transfer()
    answer = clash(desk, transfer, {"comment": "Mine.", "as_opened": marks}, {"comment": "Olga's."})
    assert opened_again(answer.content.decode())["comment"] == ["Mine."]
    transfer.refresh_from_db()
    assert transfer.comment == "Olga's."


def test_what_nobody_touched_is_known_as_untouched_in_every_kind(seeded: None, desk: Client) -> None:
    """A field that counts as touched though a browser sends what it was given: it would overwrite."""
    for kind in factories.MAKERS:
        model: Any = kind
        answer = desk.get(change_address(model.objects.order_by("pk").last()))
        sent = QueryDict(mutable=True)
        for name, values in FormReader(answer.content.decode()).values.items():
            sent.setlist(name, values)
        form = answer.context["adminform"].form
        every = [form, *(row for inline in answer.context["inline_admin_formsets"] for row in inline.formset.forms)]
        fields = [bound for one in every for bound in one if bound.name not in {"opened", "as_opened", "reason"}]
        merged = Merged(sent, form, [])
        assert fields
        assert [bound.html_name for bound in fields if merged.touched(bound, bound.html_name)] == [], model
