"""Without JavaScript a reference is typed: by its id, or by its whole name; it is never guessed."""

import pytest
from django.test import Client

from armsdb import actions
from armsdb.models import Country, Equipment, Transfer
from tests import factories

from .desk import add_address, change_address, errors_of, filled, opened, verb_address
from .test_journey import a_transfer

pytestmark = pytest.mark.django_db


def supplier(desk: Client, typed: str) -> tuple[str, list[str]]:
    """The supplier that a new transfer has when this is typed, and why it is refused."""
    answer = desk.post(add_address(Transfer), a_transfer(desk, **{"supplier": "", "supplier-typed": typed}))
    if answer.status_code == 302:
        line = Transfer.objects.latest("pk")
        assert line.supplier is not None
        return line.supplier.public_id, []
    return "", errors_of(answer)["supplier"]


def test_an_id_or_a_whole_name_in_any_spelling_is_taken(desk: Client) -> None:
    """Guards editors whose browser runs no scripts: without this they could choose nothing at all."""
    country = factories.country("Sealand")
    actions.put(
        model=Country,
        public_id=country.public_id,
        values={},
        parts={"aliases": [{"name": "Old Séaland", "kind": "former"}]},
        reason="So.",
    )
    for typed in ("test-sealand", "SEALAND", "  old sealand "):
        assert supplier(desk, typed) == ("test-sealand", [])


@pytest.mark.parametrize("typed", ["Sea", "nowhere", "test-", "x" * 300, "🚢", "%", "Gone"])
def test_what_is_no_id_and_no_whole_name_is_refused_and_still_stands_there(desk: Client, typed: str) -> None:
    """Guards against a record that is like the one that was meant; records taken back are no choice."""
    factories.country("Sealand")
    gone = factories.country("Gone")
    actions.withdraw(record=gone, reason="It was none.")
    _none, [sentence] = supplier(desk, typed)
    assert "id" in sentence
    form = a_transfer(desk, **{"supplier": "", "supplier-typed": typed})
    page = desk.post(add_address(Transfer), form).content.decode()
    if typed.isascii():
        assert f'value="{typed}"' in page


def test_a_name_of_several_is_asked_for_by_id(desk: Client) -> None:
    for public_id in ("sealand-1", "sealand-2"):
        factories.make(Country, public_id, name="Sealand")
    assert supplier(desk, "Sealand") == (
        "",
        ["“Sealand” is the name of several records; write the id: sealand-1, sealand-2."],
    )


def test_a_number_that_is_typed_is_a_name_and_no_key(desk: Client) -> None:
    """Guards equipment that is called by a number against the record that happens to have it as its key."""
    other = factories.equipment("Other")
    named = factories.equipment(str(other.pk))
    form = a_transfer(desk, **{"equipment": "", "equipment-typed": str(other.pk)})
    assert desk.post(add_address(Transfer), form).status_code == 302
    assert Equipment.objects.get(transfers=Transfer.objects.latest("pk")) == named


def test_what_is_typed_wins_over_what_was_chosen_and_is_seen_in_rows_too(desk: Client) -> None:
    line = factories.transfer(published=False)
    factories.organisation("Sea Works")
    typed = {
        "supplier-typed": "Otherland",
        "company_rows-0-company-typed": "Sea Works",
        "company_rows-0-role": "broker",
    }
    assert desk.post(change_address(line), filled(opened(desk, change_address(line)), **typed)).status_code == 302
    line = Transfer.objects.get(pk=line.pk)
    assert line.supplier is not None
    assert line.supplier.name == "Otherland"
    assert [row.company.name for row in line.company_rows.all()] == ["Sea Works"]


def test_several_are_typed_a_line_each_beside_those_that_are_chosen(desk: Client) -> None:
    """Guards the lines that may overlap: without JavaScript none could be added."""
    line, one, two, three = (factories.transfer(f"T{number}", published=False, comment="x") for number in range(4))
    actions.rename(record=three, public_id="test-third", reason="Another id.")
    form = opened(desk, change_address(line))
    assert form["may_overlap-typed"] == [""]
    typed = {"may_overlap": [one.pk], "may_overlap-typed": f" {two.public_id}\r\n\r\ntest-third\r\n"}
    assert desk.post(change_address(line), filled(form, **typed)).status_code == 302
    assert {row.pk for row in Transfer.objects.overlapping(line)} == {one.pk, two.pk, three.pk}
    form = opened(desk, change_address(line))
    assert sorted(form["may_overlap"]) == sorted(str(row.pk) for row in (one, two, three))


@pytest.mark.parametrize("typed", ["nowhere", "T2", "a\0b", "x" * 300, "test-t1\n" * 51, "<b>"])
def test_a_line_that_names_no_record_is_refused_and_still_stands_there(desk: Client, typed: str) -> None:
    line = factories.transfer("T1", published=False)
    form = filled(opened(desk, change_address(line)), **{"may_overlap-typed": f"{typed}\nother"})
    answer = desk.post(change_address(line), form)
    assert list(errors_of(answer)) == ["may_overlap"]
    page = answer.content.decode()
    assert "<b>\n" not in page
    if typed.isalnum():
        assert f"{typed}\nother</textarea>" in page


def test_a_merger_takes_an_id(desk: Client) -> None:
    one, other = factories.person("One Person"), factories.person("Other Person")
    desk.post(verb_address("merge", one), {"reason": "The same.", "into-typed": other.public_id})
    one.refresh_from_db()
    assert one.merged_into == other
