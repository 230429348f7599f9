"""Which components the page shows, under which titles. A new component gets its line in a module of samples."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import evidence, facts, files, lists, pictures
from .shown import Shown

#: Components that are no part of a page's content, and where they are to be seen.
FRAME = {
    "head.html": gettext_lazy("at the top of this page"),
    "foot.html": gettext_lazy("at its end"),
    "sprite.html": gettext_lazy("unseen: the marks, which are drawn where a page needs them"),
    "preview.html": gettext_lazy("over the preview of a record, which the desk opens"),
    "social_card.html": gettext_lazy("unseen: what other sites show of a link"),
    "in_place.html": gettext_lazy("unseen: the scripts by which filters apply in place"),
}


def shown() -> Iterator[tuple[str, Iterator[Shown]]]:
    """The groups of components, each with its title."""
    yield _("Marks"), evidence.marks()
    yield _("The margin of evidence"), evidence.notes()
    yield _("Passages"), evidence.passages()
    yield _("Facts"), facts.facts()
    yield _("Drawings"), facts.drawings()
    yield _("Pictures of numbers"), pictures.pictures()
    yield _("Words"), facts.words()
    yield _("Many facts together"), facts.together()
    yield _("Questions"), lists.asking()
    yield _("Answers"), lists.answers()
    yield _("Files"), files.files()
    yield _("Sections"), facts.sections()
