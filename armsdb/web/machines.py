"""What programs look for at fixed addresses: robots.txt, security.txt, llms.txt, the map of the site."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from armsdb.models import Country, Dataset, Equipment, Event, Figure, Organisation, Person, Sanction, Source, Transfer

#: For so long what security.txt says is to be relied on.
_SECURITY_DAYS = 180


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Pages are open to crawlers, and filtered lists say themselves that they are none; the desk is not named here."""
    lines = ["User-agent: *", "Disallow: /api/v1/", "Disallow: /*/feed/"]
    return _text([*lines, f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}"])


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116); nothing where whoever runs the site has named nobody."""
    contact: str = settings.SITE_CONTACT
    if not contact:
        raise Http404(_("Whoever runs this copy has named nobody to write to."))
    until = (timezone.now() + timedelta(days=_SECURITY_DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)
    return _text(
        [
            f"Contact: {contact if '://' in contact else f'mailto:{contact}'}",
            f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
            f"Canonical: {request.build_absolute_uri(request.path)}",
            "Preferred-Languages: en",
        ]
    )


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """What programs that read for people should know first."""
    here = request.build_absolute_uri
    return _text(
        [
            "# ArmsDB",
            "",
            "> An open knowledge base of the international arms trade. Every fact has the passages that support, deny"
            " or question it, and a grade that follows from them: tell no fact without its grade, and no claim as one.",
            "",
            "## Ask",
            "",
            f"- [API]({here(reverse('api:root'))}): the same questions and records as the pages, as JSON",
            f"- [Description of the API]({here(reverse('api:schema'))}): OpenAPI 3.1",
            f"- [Search]({here(reverse('api:search'))}?q=): names in any spelling",
            f"- [Changes]({here(reverse('api:changes'))}): what changed since an earlier answer",
            "",
            "## Read",
            "",
            f"- [Method]({here(reverse('about'))}): grades of evidence and other rules",
            f"- [Data]({here(reverse('data'))}): files, licences, how to cite",
        ]
    )


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


class RecordMap(Sitemap):
    """The pages of one kind of record."""

    limit = 5_000

    def __init__(self, kind: type[Any]) -> None:
        self.kind = kind

    def items(self) -> Any:
        return self.kind.objects.published().order_by("pk")

    def lastmod(self, item: Any) -> datetime:
        when: datetime = item.updated
        return when

    def get_latest_lastmod(self) -> datetime | None:
        """Asked of the database; the package would read every record."""
        when: datetime | None = self.kind.objects.published().aggregate(last=Max("updated"))["last"]
        return when


MAPS: Mapping[str, Sitemap] = {
    kind.COLLECTION: RecordMap(kind)
    for kind in (Country, Organisation, Person, Equipment, Transfer, Figure, Sanction, Event, Source, Dataset)
}
