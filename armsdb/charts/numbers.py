"""The scale of numbers: how long a bar is, and the round numbers that are written beside it."""

from dataclasses import dataclass

_STEPS = (1, 2, 5)
#: Spaces between the numbers that are written, at most.
_SPACES = 4
#: One transfer is drawn no longer than this, so that a few look like a few.
_UNIT = 22


@dataclass(frozen=True)
class Measure:
    """Numbers from nothing to the greatest, along so much room at most: few of them take less."""

    greatest: int
    most: float

    @property
    def room(self) -> float:
        """How long it is."""
        return min(self.most, _UNIT * max(self.ticks[-1], 1))

    @property
    def step(self) -> int:
        """Between two numbers that are written: 1, 2 or 5, and their tens."""
        power = 1
        while True:
            for step in _STEPS:
                if step * power * _SPACES >= self.greatest:
                    return step * power
            power *= 10

    @property
    def ticks(self) -> list[int]:
        """The numbers that are written, from nothing to the greatest or just beyond it."""
        return list(range(0, self.greatest + self.step, self.step)) if self.greatest else [0]

    @property
    def beyond(self) -> float:
        """By how much the last number that is written is beyond the greatest, which may be the end of a drawing."""
        return self.ticks[-1] / max(self.greatest, 1)

    def at(self, number: int) -> float:
        """How long a bar of this number is."""
        return self.room * number / max(self.ticks[-1], 1)
