"""The signs that drawings of numbers use, each with its words: the key of a page and that of a file say the same."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from armsdb.lib.vocab import Grade

from .marks import mark_of

#: The room of a sign.
WIDTH, HEIGHT = 26, 12


def signs_of(key: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Those that a picture uses, as bars and paths in a box of WIDTH by HEIGHT, with their words.

    `id` tells a sign apart from the others, where its parts need names.
    """
    return [{"id": f"-key-{place}", "bars": [], "paths": [], **sign} for place, sign in enumerate(_signs(key))]


def _signs(key: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for grade in key["grades"]:
        yield {"bars": [_bar(grade=grade)], "words": str(Grade(grade).label)}
    yield from _of_maps(key)
    yield from _of_links(key)
    shapes = key.get("shapes", ())
    if "ordered" in shapes:
        bars = [_bar(10.5, 0.5, 5, 11, shape="ordered")]
        yield {"bars": bars, "words": _("narrow: ordered, delivery not told")}
    if "talks" in shapes:
        yield {"bars": [_bar(shape="talks")], "words": _("talks")}
    yield from _of_items(shapes)
    if key.get("ribbons"):
        yield {"paths": [{"kind": "flow", "d": "M1 2C13 2 13 5 25 5V11C13 11 13 8 1 8Z"}], "words": _("transfers")}
    if key.get("disputed_ribbons"):
        path = {"kind": "flow patterned", "d": "M1 2C13 2 13 5 25 5V11C13 11 13 8 1 8Z", "fill": "disputed"}
        yield {"paths": [path], "words": _("of these, disputed ones")}
    if key.get("disputed"):
        words = (
            _("5 + 2: two more are disputed")
            if key.get("steps")
            else _("5 + 2: two more are disputed, and are drawn last")
        )
        yield {"words": words}
    if key.get("open_top"):
        paths = [{"kind": "more", "d": "M6 6v-6M20 6v-6"}]
        words = _("open top: at least so many; more may be of the year, those of the bands that reach into it")
        yield {"bars": [_bar(6, 6, 14, 6)], "paths": paths, "words": words}
    if key.get("bands"):
        words = _(
            "band: at some time in these years, beside it how many transfers; "
            "a soft end is vague, one that fades is open"
        )
        yield {"bars": [_bar(1, 3, 24, 6)], "words": words}
    if key.get("items"):
        words = _(
            "a bar with a name or a number: as long as the sources let it be; a soft end is vague, "
            "one that fades is open"
        )
        yield {"words": words}


def _of_maps(key: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The signs of a map: its steps, and what stands for what has no shape."""
    box = "M1 1h24v10h-24z"
    for name, words in key.get("steps", ()):
        yield {"paths": [{"kind": f"shape {name}", "d": box}], "words": words}
    if key.get("all_disputed"):
        path = {"kind": "shape patterned", "d": box, "fill": "disputed"}
        yield {"paths": [path], "words": _("all of them disputed")}
    if key.get("steps"):
        yield {"paths": [{"kind": "shape land", "d": box}], "words": _("none that answers")}
    if key.get("squares"):
        path = {"kind": "shape mark step-3", "d": "M8 1h10v10h-10z"}
        yield {"paths": [path], "words": _("a state that is no more, or was not recognised by most, at its capital")}
    if key.get("dots"):
        path = {"kind": "shape mark step-3", "d": "M8 6a5 5 0 1 0 10 0a5 5 0 1 0-10 0z"}
        yield {"paths": [path], "words": _("a country too small for a shape")}
    if key.get("here"):
        yield {"paths": [{"kind": "here", "d": box}], "words": _("outlined: named in the question")}


def _of_links(key: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The signs of a network: who, how linked, how much."""
    shapes = {"country": _("country"), "company": _("company"), "body": _("other organisation"), "person": _("person")}
    for shape in key.get("nodes", ()):
        kind, d = mark_of(shape, 13, 6)
        yield {"paths": [{"kind": kind, "d": d}], "words": shapes[shape]}
    kinds = {
        "transfers": _("transfers, towards who received"),
        "part": _("part in transfers"),
        "owns": _("ownership, the diamond at who owns"),
        "post": _("post"),
        "sanctions": _("sanctions, the bar at whom they are aimed at"),
    }
    for name in key.get("links", ()):
        signs = {
            "transfers": [{"kind": "node", "d": "M17 2l7 4l-7 4z"}],
            "owns": [{"kind": "node", "d": "M1 6l5 -4l5 4l-5 4z"}],
            "sanctions": [{"kind": "across", "d": "M24 1v10"}],
        }
        line = {"kind": f"link l-{name}", "d": "M1 6h24"}
        yield {"paths": [line, *signs.get(name, [])], "words": kinds[name]}
    for name, words in key.get("widths", ()):
        path = {"kind": f"link {name.replace('step-', 'w')}", "d": "M1 6h24"}
        yield {"paths": [path], "words": _("%(n)s transfers") % {"n": words} if words != "1" else _("1 transfer")}
    if key.get("disputed_links"):
        paths = [{"kind": "link doubted", "d": "M1 6h24"}, {"kind": "link hollow", "d": "M1 6h24"}]
        yield {"paths": paths, "words": _("double line: all that tells of it is disputed")}
    if key.get("disputed_parts"):
        yield {"words": _("5 + 2: two more are disputed")}


_DIAMOND = "M13 1l5 5l-5 5l-5 -5z"


def _of_items(shapes: Collection[str]) -> Iterator[dict[str, Any]]:
    """The signs of what happened beside transfers."""
    if "moment" in shapes:
        yield {"paths": [{"kind": "diamond moment", "d": _DIAMOND}], "words": _("visit, meeting or other event")}
    if "expected" in shapes or "expected-span" in shapes:
        path = {"kind": "diamond expected", "d": _DIAMOND}
        yield {"paths": [path], "words": _("expected only: nobody cited here reports that it happened")}
    if "square" in shapes:
        yield {"bars": [_bar(8.5, 1.5, 9, 9, shape="square")], "words": _("sanctions")}
    if "span" in shapes:
        yield {"bars": [_bar(1, 4, 24, 4, shape="span")], "words": _("at some time in this span")}


def _bar(
    x: float = 1, y: float = 1, width: float = 24, height: float = 10, *, shape: str = "delivered", grade: str = ""
) -> dict[str, Any]:
    """A bar of a sign; one that tells of no grade is drawn as the surest."""
    return {"x": x, "y": y, "width": width, "height": height, "shape": shape, "grade": grade or Grade.DOCUMENTED.value}
