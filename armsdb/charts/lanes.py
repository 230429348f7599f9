"""Packing: things that have a length get lanes in which they do not touch."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class Packed(Generic[T]):
    """What found a place, lane by lane, and how many did not."""

    lanes: list[list[T]] = field(default_factory=list)
    left_out: int = 0

    def __iter__(self) -> Iterator[tuple[int, T]]:
        return ((number, thing) for number, lane in enumerate(self.lanes) for thing in lane)


def pack(things: Iterable[tuple[float, float, T]], most: int, gap: float, taken: float | None = None) -> Packed[T]:
    """Put each thing, from here to there, into the first lane where nothing is within the gap; `most` lanes.

    What comes first is placed first, so it is never what is left out. `taken`: how far the first lane is taken already.
    """
    packed: Packed[T] = Packed()
    occupied: list[list[tuple[float, float]]] = []
    for first, last, thing in things:
        for number in range(most):
            if number == len(occupied):
                packed.lanes.append([])
                occupied.append([(float("-inf"), taken)] if taken is not None and number == 0 else [])
            if all(last + gap <= start or first >= end + gap for start, end in occupied[number]):
                occupied[number].append((first, last))
                packed.lanes[number].append(thing)
                break
        else:
            packed.left_out += 1
    return packed
