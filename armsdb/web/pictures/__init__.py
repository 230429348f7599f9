"""Pictures of any question about transfers: on a page of their own, on the pages of records, and as files."""

from .base import Drawn, Picture
from .compare import COMPARE
from .flows import FLOWS
from .map import MAP
from .network import NETWORK
from .shares import CATEGORIES, RECIPIENTS, SUPPLIERS
from .timeline import TIMELINE
from .years import YEARS

#: The kinds of pictures, in the order in which they are offered.
PICTURES: tuple[Picture, ...] = (YEARS, SUPPLIERS, RECIPIENTS, CATEGORIES, FLOWS, TIMELINE, COMPARE, MAP, NETWORK)

__all__ = [
    "CATEGORIES",
    "COMPARE",
    "FLOWS",
    "MAP",
    "NETWORK",
    "PICTURES",
    "RECIPIENTS",
    "SUPPLIERS",
    "TIMELINE",
    "YEARS",
    "Drawn",
    "Picture",
]
