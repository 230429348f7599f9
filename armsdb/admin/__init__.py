"""The desk: Django's admin made for the work of editors and reviewers. Every write goes through the actions.

Django imports this package when it starts; what registers itself is imported here.
"""

from . import (
    countries,
    datasets,
    deals,
    equipment,
    events,
    figures,
    import_runs,
    organisations,
    overlaps,
    ownerships,
    people,
    proposals,
    roles,
    sanctions,
    sources,
    tokens,
    transfers,
)

__all__ = [
    "countries",
    "datasets",
    "deals",
    "equipment",
    "events",
    "figures",
    "import_runs",
    "organisations",
    "overlaps",
    "ownerships",
    "people",
    "proposals",
    "roles",
    "sanctions",
    "sources",
    "tokens",
    "transfers",
]
