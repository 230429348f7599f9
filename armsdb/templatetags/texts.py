"""Texts of records on pages."""

import re

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

#: How lines of a note begin that are not what the passage says: what we take it to mean, what its author thinks of it.
MARKS = ("Reading:", "Author:")

#: The id of a fact that has a page, as the desk and the seed make them: the dataset, a letter for the kind, its number.
FACT_ID = re.compile(r"(?<![\w-])[a-z0-9]+(?:-[a-z0-9]+)*-(?P<key>(?P<kind>[tfse])[0-9]{2,6})(?![\w-])", re.ASCII)
KINDS = {"t": "transfer", "f": "figure", "s": "sanction", "e": "event"}


@register.filter
def lines(note: str, mark: str = "") -> list[str]:
    """The lines of a note that begin with a mark, without it; those that begin with none of the marks."""
    told = note.splitlines()
    if mark:
        return [line.removeprefix(mark).strip() for line in told if line.startswith(mark)]
    return [line for line in told if line and not line.startswith(MARKS)]


@register.filter
def linked(text: str) -> SafeString:
    """A text with its ids of facts, as articles-t46, as links that show the key alone; all else is escaped.

    An id is letters, digits and hyphens, so that a link can be made after escaping and holds nothing else.
    """
    return mark_safe(FACT_ID.sub(_link, str(conditional_escape(text))))  # noqa: S308


def _link(found: re.Match[str]) -> str:
    url = reverse(f"{KINDS[found['kind']]}_detail", args=[found[0]])
    return format_html('<a class="ref" href="{}">{}</a>', url, found["key"].upper())
