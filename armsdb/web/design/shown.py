"""How a component is shown."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Shown:
    """A component in its states: the words for each, then the contexts that it is included with there."""

    component: str
    states: tuple[tuple[Any, ...], ...]
    #: The classes of the element that it stands in.
    inside: str = ""
    #: The components that are seen as parts of this one.
    parts: tuple[str, ...] = ()


def show(component: str, *states: tuple[Any, ...], inside: str = "", parts: tuple[str, ...] = ()) -> Shown:
    """`show("grade.html", ("reported", {"grade": "reported"}))`; a state that needs no words has empty ones."""
    return Shown(component, states, inside, parts)
