"""The desk's fields: what is typed becomes a value of lib or is refused beside the input, and its reading is told."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, User
from django.test import RequestFactory

from armsdb.admin.fields import MoneyField, NumberField, VagueDateField, group_fields
from armsdb.admin.readings import tell_reading
from armsdb.lib import dates
from armsdb.lib.readings import MAX_TYPED, read_money, read_number
from armsdb.models import Delivery, Figure, Record, Transfer
from armsdb.models.values import ValueGroup


class Form(forms.Form):
    """One field of each kind."""

    ordered = VagueDateField(help_text="When it was ordered.")
    quantity = NumberField(help_text="How many.")
    value = MoneyField(help_text="What it is worth.")


TYPED = {
    "ordered_edtf": "2022-02-24/2022-12",
    "ordered_text": "by December 2022",
    "quantity": "about 160",
    "value_text": "at least 24 million USD",
    "value_basis": "contract",
}
VALUES: dict[str, Any] = {
    "ordered": dates.parse("2022-02-24/2022-12", "by December 2022"),
    "quantity": read_number("about 160"),
    "value": read_money("at least 24 million USD", "contract"),
}


class Page(HTMLParser):
    """The elements of a form, their attributes, and the ids in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.ids = [attributes["id"] for _tag, attributes in self.found if "id" in attributes]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.found if tag in tags]


def readings_in(html: str) -> list[str]:
    return re.findall(r'aria-live="polite">\s*(.*?)\s*</p>', html)


# Values


def test_what_is_typed_becomes_values():
    """Guards the way into actions.put, which takes these values as they are."""
    form = Form(TYPED)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == VALUES


def test_nothing_typed_is_nothing():
    """Guards against empty inputs that become a value."""
    form = Form({})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == dict.fromkeys(VALUES)


def test_values_are_shown_as_they_are_typed_and_come_back_the_same():
    """Guards against a form that changes what it shows when it is saved untouched."""
    form = Form(initial=VALUES)
    shown = {attributes["name"]: attributes["value"] for attributes in Page(form.as_div()).all("input")}
    assert shown == {
        "ordered_edtf": "2022-02-24/2022-12",
        "ordered_text": "by December 2022",
        "quantity": "about 160",
        "value_text": "at least 24,000,000 USD",
    }
    again = Form(shown | {"value_basis": "contract"}, initial=VALUES)
    assert again.is_valid()
    assert again.cleaned_data == VALUES
    assert again.changed_data == []


def test_change_is_a_change_of_the_value_not_of_its_spelling():
    """Guards history and proposals against changes that are none, and against changes that are missed."""
    assert Form(TYPED, initial=VALUES).changed_data == []
    assert Form(TYPED | {"quantity": "160"}, initial=VALUES).changed_data == ["quantity"]
    assert Form(TYPED | {"value_basis": ""}, initial=VALUES).changed_data == ["value"]
    assert Form(TYPED | {"ordered_edtf": "never"}, initial=VALUES).changed_data == ["ordered"]
    assert Form({}).changed_data == []


def test_value_that_is_required_is_asked_for():
    """Guards a desk form that cannot do without a value."""
    with pytest.raises(forms.ValidationError, match="required"):
        NumberField(required=True).clean([""])


# Refusals


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("ordered", {"ordered_edtf": "2021-1"}, "Did you mean 2021-01?"),
        ("ordered", {"ordered_edtf": "12/2021"}, "Did you mean 2021-12?"),
        ("ordered", {"ordered_edtf": "March 2021"}, "Did you mean 2021-03?"),
        ("ordered", {"ordered_text": "by December 2022"}, "Words alone are no date"),
        ("ordered", {"ordered_edtf": "2021", "ordered_text": "x" * 201}, "at most 200 characters"),
        ("quantity", {"quantity": "twenty-four"}, "in digits"),
        ("quantity", {"quantity": "24 tanks"}, "is not understood"),
        ("quantity", {"quantity": "0.12345"}, "4 decimal places"),
        ("quantity", {"quantity": "1" + "0" * 17}, "16 digits before"),
        ("quantity", {"quantity": "x" * (MAX_TYPED + 1)}, "at most 400 characters"),
        ("quantity", {"quantity": "5\0"}, "Null characters"),
        ("value", {"value_text": "24 million"}, "needs its currency"),
        ("value", {"value_text": "$24 million"}, "does not say which currency"),
        ("value", {"value_text": "USD"}, "a currency without a sum"),
        ("value", {"value_basis": "paid"}, "no sum is written"),
        ("value", {"value_text": "5 USD", "value_basis": "guessed"}, "guessed is not one of the available choices"),
    ],
)
def test_refusal_stands_beside_its_input(name, typed, sentence):
    """Guards editors against a refusal that they cannot place, and against a fault instead of one."""
    form = Form(typed)
    assert list(form.errors) == [name]
    assert sentence in form.errors[name][0]


# What is shown


def test_reading_of_what_stands_in_the_form_is_told_without_a_script():
    """Guards those without JavaScript: values kept and values typed have their reading; what is refused has none."""
    told = [
        "From 24 February 2022 to 31 December 2022; readers are told “by December 2022”.",
        "About 160.",
        "At least 24,000,000 US dollars; basis: contract; no upper end is known.",
    ]
    assert readings_in(Form(TYPED).as_div()) == told
    assert readings_in(Form(initial=VALUES).as_div()) == told
    assert readings_in(Form(TYPED | {"quantity": "24 tanks"}).as_div())[1] == ""
    assert readings_in(Form().as_div()) == [""] * 3


def test_how_dates_are_written_is_told_beside_each():
    """Guards who does not know EDTF: every example is one that is read, with what readers would be told."""
    form = Form()
    help_of = str(form["ordered"]).partition("<details")[2].partition("</details>")[0]
    told = dict(re.findall(r"<code>(.*?)</code>\s*(.*?)\s*</li>", help_of))
    assert len(told) >= 8
    assert told == {edtf: dates.parse(edtf).display() for edtf in told}
    assert told["../2022-12"] == "up to December 2022"
    assert told["[2019,2021]"] == "2019 or 2021"
    assert "<details" not in str(form["quantity"])


@pytest.mark.parametrize("form", [Form(), Form({"value_basis": "paid", "quantity": "?", "ordered_edtf": "?"})])
def test_every_input_has_its_label_and_is_described_by_what_is_there(form):
    """Guards screen readers: a label of its own for each input, a name for each group, no id twice or missing."""
    page = Page(form.as_div())
    inputs = page.all("input", "select")
    labels = [attributes["for"] for attributes in page.all("label")]
    assert len(inputs) == 5
    assert sorted(labels) == sorted(attributes["id"] for attributes in inputs)
    assert len(page.ids) == len(set(page.ids))
    described = {id_ for attributes in inputs for id_ in attributes["aria-describedby"].split()}
    assert described <= set(page.ids)
    assert [attributes["aria-label"] for attributes in page.all("div") if attributes.get("role") == "group"] == [
        "Ordered",
        "Value",
    ]


def test_scripts_and_styles_come_from_files():
    """Guards the content security policy: a module and a style sheet of ours, nothing inline."""
    media = str(Form().media)
    assert '<script src="/static/js/desk/readings.js" type="module"></script>' in media
    assert "/static/css/desk/readings.css" in media
    assert not re.search(r"\s(style|on[a-z]+)=", Form().as_div())


def test_hostile_text_stays_text():
    """Guards the desk against what an editor pastes: it is shown, and runs nowhere."""
    hostile = "“<script>alert(1)</script>”"
    html = Form({"quantity": hostile, "ordered_edtf": hostile, "value_text": hostile}).as_div()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


# The fields of a model


def test_fields_of_a_model_stand_in_its_order():
    """Guards the forms of the desk, which are made of these."""
    assert {name: type(field) for name, field in group_fields(Transfer).items()} == {
        "ordered": VagueDateField,
        "delivered": VagueDateField,
        "talked": VagueDateField,
        "quantity_ordered": NumberField,
        "quantity_delivered": NumberField,
        "value": MoneyField,
    }
    assert list(group_fields(Transfer)) == [
        "ordered",
        "delivered",
        "talked",
        "quantity_ordered",
        "quantity_delivered",
        "value",
    ]
    assert list(group_fields(Delivery)) == ["date", "quantity"]
    assert str(group_fields(Figure)["value"].help_text) == "The sum in words."


MODELS = [
    model for model in apps.get_app_config("armsdb").get_models() if issubclass(model, Record) or model is Delivery
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_group_of_every_model_has_a_field(model):
    """Guards a new kind of value against a desk that does not offer it."""
    groups = {name for name in dir(model) if isinstance(getattr(model, name), ValueGroup)}
    assert set(group_fields(model)) == groups


def test_cleaned_values_can_be_set_and_stored_values_shown(seeded):
    """Guards the seed: every value in it comes back from its field as it was, and fits where it came from."""
    shown = 0
    for model in MODELS:
        fields = group_fields(model)
        for record in model._default_manager.all():
            for name, field in fields.items():
                value = getattr(record, name)
                assert field.clean(field.widget.decompress(value)) == value, (record, name)
                setattr(record, name, value)
                shown += value is not None
    assert shown > 100


# The view


def ask(user: Any, **question: Any) -> tuple[int, dict[str, Any]]:
    """The status and the answer to a question for a reading."""
    request = RequestFactory().get("/", question)
    request.user = user
    answer = tell_reading(request)
    assert "no-store" in answer["Cache-Control"]
    return answer.status_code, json.loads(answer.content)


STAFF = User(username="editor", is_staff=True, is_active=True)


@pytest.mark.parametrize(
    ("kind", "parts", "sentence"),
    [
        ("number", ["about 160"], "About 160."),
        ("money", ["24m USD", "paid"], "Exactly 24,000,000 US dollars; basis: paid."),
        ("date", ["2022-02", "in winter"], "From 1 February 2022 to 28 February 2022; readers are told “in winter”."),
        ("number", [""], ""),
        ("date", ["", ""], ""),
    ],
)
def test_reading_is_told_while_typing(kind, parts, sentence):
    """Guards what the script shows: the same sentences as the form has."""
    assert ask(STAFF, kind=kind, part=parts) == (200, {"sentence": sentence, "refused": False})


@pytest.mark.parametrize(
    ("kind", "parts", "sentence"),
    [
        ("number", ["24 tanks"], "is not understood"),
        ("money", ["24 million", ""], "needs its currency"),
        ("money", ["5 USD", "guessed"], "guessed is not one"),
        ("date", ["March 2021", ""], "Did you mean 2021-03?"),
        ("number", ["<b>5</b>"], "<b>5</b>"),
    ],
)
def test_refusal_is_told_while_typing(kind, parts, sentence):
    """Guards the sentence that the form would give; it is no fault of the question."""
    status, answer = ask(STAFF, kind=kind, part=parts)
    assert (status, answer["refused"]) == (200, True)
    assert sentence in answer["sentence"]


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"kind": "number"},
        {"kind": "nonsense", "part": ["5"]},
        {"kind": "number", "part": ["5", "6"]},
        {"kind": "money", "part": ["5 USD"]},
        {"kind": "number", "part": ["x" * (MAX_TYPED + 1)]},
        {"kind": "date", "part": ["2022", "x" * (MAX_TYPED + 1)]},
    ],
)
def test_question_that_no_form_asks_is_refused(question):
    """Guards against faults on questions made by hand, and against long ones."""
    status, answer = ask(STAFF, **question)
    assert (status, answer["refused"]) == (400, True)
    assert answer["sentence"]


@pytest.mark.parametrize(
    "user", [AnonymousUser(), User(username="reader", is_active=True), User(is_staff=True, is_active=False)]
)
def test_reading_is_for_staff(user):
    """Guards the desk: readers get no work done by it, not even a refusal of what they typed."""
    status, answer = ask(user, kind="number", part=["5"])
    assert status == 403
    assert "signed in" in answer["sentence"]


def test_reading_is_only_asked():
    """Guards against a method that would write."""
    request = RequestFactory().post("/", {"kind": "number", "part": "5"})
    request.user = STAFF
    assert tell_reading(request).status_code == 405
