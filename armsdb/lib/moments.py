"""Moments, such as that of a change, as every page of the desk and every refusal writes them."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def moment(when: datetime) -> str:
    """The day, the time and the zone: 28 November 2026, 05:20 UTC."""
    return date_format(timezone.localtime(when), "j F Y, H:i e")
