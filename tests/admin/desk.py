"""Working at the desk as a browser does: a form is opened, filled in, and sent with all that stands in it."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from armsdb.models import Record


class FormReader(HTMLParser):
    """What the form of a page would send, but for its buttons; rows that are only patterns are none."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._select = self._textarea = ""
        self._text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if "__prefix__" in name:
            return
        if tag == "input":
            kind = given.get("type", "text")
            value = value or ("on" if kind == "checkbox" else "")
            if name and kind not in {"submit", "search"} and (kind not in {"checkbox", "radio"} or "checked" in given):
                self.values.setdefault(name, []).append(value)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.values.setdefault(self._select, []).append(value)
        elif tag == "textarea":
            self._textarea, self._text = name, []

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea" and self._textarea:
            self.values[self._textarea] = ["".join(self._text).removeprefix("\n")]
            self._textarea = ""


def add_address(model: type[Record]) -> str:
    return reverse(f"admin:armsdb_{model._meta.model_name}_add")


def change_address(record: Record) -> str:
    return reverse(f"admin:armsdb_{record._meta.model_name}_change", args=[record.pk])


def verb_address(verb: str, *records: Record) -> str:
    ids = "&".join(f"id={record.pk}" for record in records)
    return f"{reverse(f'admin:armsdb_{records[0]._meta.model_name}_{verb}')}?{ids}"


def opened(client: Client, address: str) -> dict[str, list[str]]:
    """What the form at an address holds when it is opened."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return FormReader(answer.content.decode()).values


def filled(form: Mapping[str, list[str]], **typed: Any) -> dict[str, Any]:
    """A form with other values; None is a field that is not sent, as a box without its tick."""
    return {name: value for name, value in {**form, **typed}.items() if value is not None}


def rows(form: Mapping[str, list[str]], prefix: str, *added: Mapping[str, Any]) -> dict[str, Any]:
    """Rows typed into the spare ones of a part of a form, and into more that its button adds."""
    spare, total = (int(form[f"{prefix}-{kind}_FORMS"][0]) for kind in ("INITIAL", "TOTAL"))
    values: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": str(max(total, spare + len(added)))}
    for number, row in enumerate(added, start=spare):
        values |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return values


def errors_of(answer: Any) -> dict[str, list[str]]:
    """What a form that is shown again says is wrong, by field; rows by their names in the form."""
    form = answer.context["adminform"].form
    told = {name or "": list(messages) for name, messages in form.errors.items()}
    for inline in answer.context["inline_admin_formsets"]:
        for row in inline.formset.forms:
            told |= {f"{row.prefix}-{name}": list(messages) for name, messages in row.errors.items()}
    return told
