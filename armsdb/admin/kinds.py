"""Everything that registers itself at the desk; imported when the desk's site is there."""

from . import (
    countries,
    datasets,
    deals,
    equipment,
    events,
    figures,
    organisations,
    ownerships,
    people,
    proposals,
    roles,
    sanctions,
    sources,
    transfers,
)

__all__ = [
    "countries",
    "datasets",
    "deals",
    "equipment",
    "events",
    "figures",
    "organisations",
    "ownerships",
    "people",
    "proposals",
    "roles",
    "sanctions",
    "sources",
    "transfers",
]
