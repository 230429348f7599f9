"""What is true, and its reading verbs: one module a model."""

from .aliases import Alias
from .base import Entity, Record, kinds
from .citations import CITABLE, Citation
from .countries import Country, Succession
from .creations import as_made, fact_of, run_of, version_of
from .data_versions import DataVersion, RecordMove
from .datasets import Dataset, DatasetVersion
from .deals import Deal
from .distinctions import Distinction
from .equipment import Equipment
from .events import Event, EventParticipant
from .facts import Fact
from .figures import Figure, FigureSubject
from .former_ids import FormerId
from .identifiers import Identifier
from .import_runs import ImportRun
from .jobs import Job
from .organisations import Company, Organisation
from .ownerships import Ownership
from .parties import Party
from .people import Person
from .proposals import Proposal
from .roles import Role
from .sanctions import Sanction, SanctionImposer, SanctionTarget
from .search_entries import Rank, SearchEntry, SearchName
from .sources import Source
from .tokens import ApiToken
from .transfer_rows import Delivery, TransferCompany, TransferOverlap
from .transfers import Transfer

__all__ = [
    "CITABLE",
    "Alias",
    "ApiToken",
    "Citation",
    "Company",
    "Country",
    "DataVersion",
    "Dataset",
    "DatasetVersion",
    "Deal",
    "Delivery",
    "Distinction",
    "Entity",
    "Equipment",
    "Event",
    "EventParticipant",
    "Fact",
    "Figure",
    "FigureSubject",
    "FormerId",
    "Identifier",
    "ImportRun",
    "Job",
    "Organisation",
    "Ownership",
    "Party",
    "Person",
    "Proposal",
    "Rank",
    "Record",
    "RecordMove",
    "Role",
    "Sanction",
    "SanctionImposer",
    "SanctionTarget",
    "SearchEntry",
    "SearchName",
    "Source",
    "Succession",
    "Transfer",
    "TransferCompany",
    "TransferOverlap",
    "as_made",
    "fact_of",
    "kinds",
    "run_of",
    "version_of",
]
