"""Reasons of changes: one that was proposed names in a last paragraph who proposed it, for the desk alone."""

_PROPOSED = "\n\nProposed by "


def proposed_by(reason: str, name: str) -> str:
    """The reason as the history keeps it when somebody else accepted the change."""
    return f"{reason}{_PROPOSED}{name}."


def for_readers(reason: str) -> str:
    """The reason without who proposed it: readers are told why, not by whom."""
    return reason.partition(_PROPOSED)[0]
