"""Answers that have to wait: what is asked for can be told soon, and not now."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

#: What is told while others have their pictures drawn.
BUSY = gettext_lazy("As many pictures are being drawn as this site can draw at once; please ask again later.")
#: What is told where a question cannot be answered as of one moment.
CHANGED = gettext_lazy("What is asked for was changed while it was read; please ask again.")


def later(words: Any) -> HttpResponse:
    """Ask for a little patience, in a sentence."""
    return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "20"})
