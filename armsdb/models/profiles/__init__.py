"""What is known of one entity, as its page tells it; a module for each kind."""

from .base import MOST, Excerpt, Profile
from .countries import CountryProfile
from .equipment import EquipmentProfile
from .organisations import PARTS, OrganisationProfile
from .people import PersonProfile

__all__ = [
    "MOST",
    "PARTS",
    "CountryProfile",
    "EquipmentProfile",
    "Excerpt",
    "OrganisationProfile",
    "PersonProfile",
    "Profile",
]
