"""Every kind of record, by its word in the API's `type`."""

from .base import Record
from .citations import Citation
from .countries import Country
from .datasets import Dataset
from .equipment import Equipment
from .events import Event
from .figures import Figure
from .organisations import Organisation
from .ownerships import Ownership
from .people import Person
from .roles import Role
from .sanctions import Sanction
from .sources import Source
from .transfers import Transfer

#: Entities, sources and datasets first, then the facts that name them, then what cites those.
KINDS: dict[str, type[Record]] = {
    kind.TYPE: kind
    for kind in (
        Country,
        Organisation,
        Person,
        Equipment,
        Source,
        Dataset,
        Transfer,
        Figure,
        Sanction,
        Event,
        Ownership,
        Role,
        Citation,
    )
}
