"""The evidence grade: one rule, by which every fact is graded from its citations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

#: Goes up with every change of the rule, so that a stored grade tells the rule that it followed.
RULE_VERSION = 1

DOCUMENTS = frozenset({"official-document", "customs-record"})
CONJECTURE = "conjecture"


@dataclass(frozen=True)
class Passage:
    """What the rule looks at in a citation. Publishers are ids; None is a publisher that is not known."""

    stance: str
    basis: str
    publisher: str | None
    quotes_publisher: str | None
    interested: bool
    who: str

    @property
    def is_independent(self) -> bool:
        """Whether it is more than an interested party's word or the teller's conjecture."""
        return not self.interested and self.basis != CONJECTURE


def grade(passages: Sequence[Passage]) -> tuple[str, str]:
    """Grade a fact by the passages cited for it; return the grade and the reason, a sentence.

    Rule 1; the first that holds:

    - disputed: a passage denies or questions it;
    - documented: a passage that rests on an official document or a customs record supports it;
    - corroborated: two independent passages support it, of two known publishers, neither quoting the other;
    - reported: an independent passage supports it;
    - alleged: it is supported, but only by an interested party or as a conjecture.

    Independent is what is neither an interested party's word nor a conjecture. Without any such passage the grade is
    empty. The order of the passages makes no difference.
    """
    supporting = [passage for passage in passages if passage.stance == "supports"]
    stances = {passage.stance for passage in passages}
    if stances & {"denies", "questions"}:
        return "disputed", _dispute(stances)
    if not supporting:
        return "", "No passage that supports it is cited."
    documents = [passage for passage in supporting if passage.basis in DOCUMENTS]
    if documents:
        return "documented", _sentence("A document supports it", documents)
    independent = [passage for passage in supporting if passage.is_independent]
    if any(_are_apart(one, other) for one, other in combinations(independent, 2)):
        return "corroborated", "Two publishers that do not quote each other support it."
    if independent:
        return "reported", _reported(independent)
    return "alleged", _allegation(supporting)


def _are_apart(one: Passage, other: Passage) -> bool:
    """Whether two passages have known, different publishers that do not quote each other."""
    if one.publisher is None or other.publisher is None or one.publisher == other.publisher:
        return False
    return one.quotes_publisher != other.publisher and other.quotes_publisher != one.publisher


def _dispute(stances: set[str]) -> str:
    verb = "denies" if "denies" in stances else "questions"
    if "supports" in stances:
        return f"One party says so, another {verb} it."
    return f"A passage {verb} it, and none that supports it is cited."


def _sentence(opening: str, passages: Iterable[Passage]) -> str:
    who = _named(passages)
    return f"{opening}: {who}." if who else f"{opening}."


def _reported(passages: Iterable[Passage]) -> str:
    who = _named(passages)
    return f"Reported by {who}." if who else "One source reports it."


def _named(passages: Iterable[Passage]) -> str:
    """Name who says it: at most two, then how many more."""
    names = sorted({passage.who for passage in passages if passage.who})
    if len(names) > 2:
        return f"{names[0]}, {names[1]} and {len(names) - 2} more"
    return " and ".join(names)


def _allegation(passages: Sequence[Passage]) -> str:
    if all(passage.interested for passage in passages):
        return "Only an interested party says so."
    if not any(passage.interested for passage in passages):
        return "It is the teller's own conjecture."
    return "Only an interested party's word and a conjecture support it."
