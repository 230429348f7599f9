"""Two people at one record: the second is told, nothing is overwritten, and nothing that was typed is lost."""

import pytest
from django.test import Client

from armsdb import actions
from tests import factories
from tests.accounts import reviewer

from .desk import change_address, errors_of, filled, opened

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
        "__all__": ["Somebody else changed this record while you had it open. Nothing was saved."]
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
    from .desk import FormReader

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
