"""Who asks: the address that counts as one client, and how it takes answers."""

import ipaddress
import re
from functools import cache

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address that a request comes from, as the outermost proxy of ours saw it; of IPv6 the network of one client.

    Each proxy adds to the right of X-Forwarded-For whom it was asked by. What stands further left is anybody's word.
    """
    address = request.META.get("REMOTE_ADDR", "")
    passed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if 0 < settings.PROXIES <= len(passed):
        address = passed[-settings.PROXIES].strip()
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(found)


def takes(accepted: str, coding: str) -> bool:
    """Whether a client that sends this Accept-Encoding takes an answer in a coding by its name; `q=0` refuses it."""
    return bool(_named(coding).search(accepted))


@cache
def _named(coding: str) -> re.Pattern[str]:
    weight = r"(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[0-9.]+\s*)?"
    return re.compile(rf"(?:^|,)\s*{coding}\s*{weight}(?:,|$)", re.IGNORECASE)
