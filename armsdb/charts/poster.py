"""A picture as one sheet that stands alone: title, drawings, key and foot, in ink on white, for files and for print.

A file has no style sheet, so each part carries its own colours.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from armsdb.lib.vocab import Grade

from .forms import WIDE
from .sheet import blocks_of
from .signs import HEIGHT
from .signs import WIDTH as SIGN
from .words import width_of

#: The sheet, its margins, and the sizes of its words.
MARGIN = 20
WIDTH = WIDE.width + 2 * MARGIN
TITLE, PLAIN, SMALL = 22, 14, 12
INK, TINT, SECOND, HAIR = "#1b1d1f", "#727374", "#565a5e", "#d8d4ca"
_SANS, _SERIF = "'IBM Plex Sans', Arial, sans-serif", "'Source Serif 4', Georgia, serif"

_PATHS = {
    "ax": {"stroke": INK, "fill": "none"},
    "hl": {"stroke": HAIR, "fill": "none"},
    "flow": {"fill": INK, "fill-opacity": "0.2"},
    "shape land": {"fill": "#f1eee6", "stroke": "#c4bfb2", "stroke-width": "0.5"},
    "shape step-1": {"fill": "#d5d3cd", "stroke": "#ffffff", "stroke-width": "0.5"},
    "shape step-2": {"fill": "#a3a3a1", "stroke": "#ffffff", "stroke-width": "0.5"},
    "shape step-3": {"fill": "#666768", "stroke": "#ffffff", "stroke-width": "0.5"},
    "shape step-4": {"fill": INK, "stroke": "#ffffff", "stroke-width": "0.5"},
    "here": {"fill": "none", "stroke": INK, "stroke-width": "2"},
    "guide": {"stroke": SECOND, "fill": "none", "stroke-dasharray": "1 3"},
    "diamond moment": {"stroke": INK, "fill": "#ffffff", "stroke-width": "1.3"},
    "diamond expected": {"stroke": INK, "fill": "#ffffff", "stroke-width": "1.3", "stroke-dasharray": "2.1 1.4"},
    "more": {"stroke": INK, "fill": "none", "stroke-width": "1.3", "stroke-dasharray": "2 1.5"},
}

#: The lines and marks of networks: what each word of their kind adds.
_LINKS = {
    "link": {"stroke": TINT, "fill": "none", "stroke-width": "1.3"},
    "l-transfers": {},
    "l-part": {"stroke-dasharray": "7 3"},
    "l-owns": {"stroke": INK},
    "l-post": {"stroke-dasharray": "1.5 3"},
    "l-sanctions": {"stroke": INK, "stroke-dasharray": "8 3 2 3"},
    **{f"w{place}": {"stroke-width": width} for place, width in enumerate(("1.3", "2.4", "3.8", "5.6"), start=1)},
    "doubted": {"stroke": INK, "stroke-width": "4.6"},
    "hollow": {"stroke": "#ffffff", "stroke-width": "2.4"},
    "spine": {"stroke": SECOND, "fill": "none", "stroke-width": "1.3"},
    "across": {"stroke": INK, "fill": "none", "stroke-width": "2"},
    "node": {"fill": INK},
    "open": {"fill": "#ffffff", "stroke": INK, "stroke-width": "1.3"},
    "box": {"fill": "#ffffff", "stroke": INK, "stroke-width": "1.5"},
}


def poster(
    *, title: str, say: str, panels: Sequence[dict[str, Any]], signs: Sequence[dict[str, Any]], foot: Iterable[str]
) -> dict[str, Any]:
    """The sheet as data: `parts`, each at its place with bars, paths and words that carry their own colours."""
    parts: list[dict[str, Any]] = []
    y = float(MARGIN)
    y = _words(parts, y, title, TITLE, {"font-family": _SERIF, "font-weight": "600", "fill": INK})
    y = _words(parts, y + 2, say, PLAIN, {"font-family": _SANS, "fill": SECOND}) + 12
    for place, panel in enumerate(panels):
        if len(panels) > 1 or panel.get("title"):
            heading = ", ".join(str(words) for words in (panel.get("title"), panel["dataset"]) if words)
            y = _words(parts, y, heading, PLAIN + 2, {"font-family": _SERIF, "fill": INK}) + 4
        drawing = panel["drawings"].get(WIDE.name)
        if drawing is None:
            y = _words(parts, y, panel["finding"], PLAIN, {"font-family": _SANS, "fill": SECOND}) + 10
            continue
        parts.append(_part(MARGIN, y, f"panel-{place}", drawing))
        y += drawing["height"] + 14
    y = _key(parts, y + 4, signs) + 8
    for words in foot:
        y = _words(parts, y, words, SMALL, {"font-family": _SANS, "fill": SECOND})
    return {"width": WIDTH, "height": round(y + MARGIN), "title": title, "parts": parts}


def _words(parts: list[dict[str, Any]], y: float, words: str, size: int, look: dict[str, str]) -> float:
    """Words in as many lines as they need; gives where they end."""
    for line in wrapped(words, size, WIDE.width):
        y += size * 1.35
        text = {"x": 0, "y": 0, "size": size, "words": line, "anchor": "start", "look": look}
        parts.append({"x": MARGIN, "y": round(y - size * 0.3, 1), "id": "", "paths": [], "texts": [text]})
    return y


def wrapped(words: str, size: float, room: float) -> list[str]:
    """Words in lines of so much room; a word that is longer has a line of its own."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _key(parts: list[dict[str, Any]], y: float, signs: Iterable[dict[str, Any]]) -> float:
    """The signs with their words, side by side as far as there is room."""
    x = 0.0
    for place, sign in enumerate(signs):
        is_drawn = sign["bars"] or sign["paths"]
        room = SIGN + 6 if is_drawn else 0
        lines = wrapped(sign["words"], SMALL, WIDE.width - room)
        width = room + max(width_of(line, SMALL) for line in lines)
        if x and x + width > WIDE.width:
            x, y = 0.0, y + SMALL * 1.6
        if is_drawn:
            bare = {"texts": [], "fades": [], "faded": [], "blocks": blocks_of(sign["bars"])}
            parts.append(_part(MARGIN + x, y + 1, f"sign-{place}", bare | sign))
        for line in lines:
            text = {"x": 0, "y": 0, "size": SMALL, "words": line, "anchor": "start"}
            look = {"font-family": _SANS, "fill": SECOND}
            at = {"x": round(MARGIN + x + room, 1), "y": round(y + HEIGHT - 1, 1)}
            parts.append({**at, "id": "", "paths": [], "texts": [{**text, "look": look}]})
            y += SMALL * 1.35 if line != lines[-1] else 0
        x += width + 18
    return y + SMALL * 1.35


def _part(x: float, y: float, id: str, drawing: dict[str, Any]) -> dict[str, Any]:  # noqa: A002
    """A drawing at its place, its parts with their colours."""
    return {
        "x": round(x, 1),
        "y": round(y, 1),
        "id": id,
        "fades": drawing["fades"],
        "blocks": [{**block, "look": _bar(block, id)} for block in drawing["blocks"]],
        "faded": [{**bar, "look": _bar(bar, id)} for bar in drawing["faded"]],
        "paths": [{**path, "look": _path(path, id)} for path in drawing["paths"]],
        "texts": [{**text, "look": _text(text)} for text in drawing["texts"]],
    }


def _path(path: dict[str, Any], id: str) -> dict[str, str]:  # noqa: A002
    if path.get("fill"):
        return {"fill": f"url(#{id}-{path['fill']})", "stroke": INK, "stroke-width": "0.5"}
    kind = path["kind"].replace(" mark", "")
    looks = [_PATHS[kind]] if kind in _PATHS else [_LINKS[word] for word in kind.split()]
    return {name: value for look in looks for name, value in look.items()}


def _text(text: dict[str, Any]) -> dict[str, str]:
    if text["kind"] == "halo":
        halo = {"stroke": "#ffffff", "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke"}
        return {"font-family": _SANS, "fill": INK, **halo}
    if text["kind"] == "fs":
        return {"font-family": _SERIF, "font-weight": "600", "fill": INK}
    return {"font-family": _SANS, "fill": SECOND if text["kind"] == "t2" else INK}


def _bar(bar: dict[str, Any], id: str) -> dict[str, str]:  # noqa: A002
    """How a bar looks: as the style sheet of the pages has it."""
    grade = bar["grade"]
    if grade in (Grade.DISPUTED, Grade.CORROBORATED):
        look = {"fill": f"url(#{id}-{grade})", "stroke": INK, "stroke-width": "0.75"}
    elif grade == Grade.ALLEGED:
        look = {"fill": "none", "stroke": INK, "stroke-width": "1.3", "stroke-dasharray": "1.5 2"}
    else:
        look = {"fill": TINT if grade == Grade.REPORTED else INK}
    if bar["shape"] in ("talks", "expected-span"):
        look |= {"stroke": INK, "stroke-width": "1.3", "stroke-dasharray": "4 2.5"}
        if grade in (Grade.DOCUMENTED, Grade.REPORTED):
            look["fill"] = "none"
    return look
