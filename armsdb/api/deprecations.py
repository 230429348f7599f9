"""What has to go, declared beside what takes its place: answers tell since when, until when, and where that stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import http_date


@dataclass(frozen=True)
class Deprecation:
    """Since when something is deprecated (RFC 9745), and until when it works (RFC 8594): a year at least."""

    since: datetime
    until: datetime

    def put_on(self, answer: Any, here: str) -> None:
        """Tell it on an answer that something deprecated was asked for."""
        answer["Deprecation"] = f"@{int(self.since.timestamp())}"
        answer["Sunset"] = http_date(self.until.timestamp())
        told = f'<{here}{reverse("api_home")}>; rel="deprecation"; type="text/html"'
        answer["Link"] = ", ".join(filter(None, [answer.get("Link", ""), told]))
