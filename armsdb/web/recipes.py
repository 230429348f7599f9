"""Programs that answer ten questions of third parties, in four languages, as files to read and to take."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import View

FOLDER = Path(settings.BASE_DIR) / "docs" / "recipes"
#: The recipes, in the order in which they are told, and the languages that each is written in, by the end of its name.
NAMES = (
    *("company", "country-years", "two-countries", "evidence", "disputed"),
    *("match-names", "table", "mirror", "changes", "ask-again"),
)
LANGUAGES = {"sh": "curl", "py": "Python", "mjs": "JavaScript", "R": "R"}


@dataclass(frozen=True)
class Recipe:
    """One question: what it is, and the programs by language."""

    title: str
    files: dict[str, str]


@cache
def recipes() -> list[Recipe]:
    """Every recipe; its title is the first comment of the program for the shell."""
    return [
        Recipe(
            _text(f"{name}.sh").splitlines()[1].removeprefix("# "),
            {LANGUAGES[end]: f"{name}.{end}" for end in LANGUAGES},
        )
        for name in NAMES
    ]


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


class RecipeFile(View):
    """One program, which asks this very site."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        if name not in {file for recipe in recipes() for file in recipe.files.values()}:
            raise Http404(_("There is no such recipe."))
        here = request.build_absolute_uri("/").rstrip("/")
        text = _text(name).replace("http://127.0.0.1:8000", here)
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
