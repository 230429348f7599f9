"""Pages of a list: which one is asked for, and how long it is; the same on pages and in the API."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

PAGE_SIZE = 50
MOST = 500
#: Numbers with more digits are no page of anything.
_DIGITS = 9


class PageError(ValueError):
    """A page that cannot be asked for, with the parameter that says so."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


def read_page(query: Mapping[str, str]) -> tuple[int, int]:
    """Read `page` and `page_size`: the number of the page from 1, and its rows; raise PageError with a sentence."""
    size = _whole(query, "page_size", PAGE_SIZE)
    if size > MOST:
        raise PageError("page_size", _("A page has at most %(most)s rows.") % {"most": MOST})
    return _whole(query, "page", 1), size


def _whole(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS and int(text)):
        raise PageError(name, _("The value has to be a whole number from 1."))
    return int(text)
