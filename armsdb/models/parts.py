"""The rows that are part of a record, and live and go with it."""

from django.db import models

from .aliases import Alias
from .base import Record
from .countries import Country, Succession
from .equipment import Equipment
from .events import Event, EventParticipant
from .figures import Figure, FigureSubject
from .identifiers import Identifier
from .organisations import Organisation
from .people import Person
from .sanctions import Sanction, SanctionImposer, SanctionTarget
from .transfer_rows import Delivery, TransferCompany
from .transfers import Transfer


def _names_of(owner: str) -> dict[str, tuple[type[models.Model], str]]:
    return {"aliases": (Alias, owner), "identifiers": (Identifier, owner)}


#: For each kind: how actions and the API call its parts, their tables, and their reference to the record.
PARTS: dict[type[Record], dict[str, tuple[type[models.Model], str]]] = {
    Country: _names_of("country") | {"successors": (Succession, "country")},
    Organisation: _names_of("organisation"),
    Person: _names_of("person"),
    Equipment: _names_of("equipment"),
    Transfer: {"companies": (TransferCompany, "transfer"), "deliveries": (Delivery, "transfer")},
    Figure: {"about": (FigureSubject, "figure")},
    Sanction: {"imposed_by": (SanctionImposer, "sanction"), "targets": (SanctionTarget, "sanction")},
    Event: {"participants": (EventParticipant, "event")},
}
