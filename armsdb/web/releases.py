"""Releases as files: what is in each, the files whole or in parts, and an address of the newest that stays."""

import re
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import condition
from whitenoise.responders import SlicedFile

from armsdb.exporters.releases import PACKAGE, SUMS, Release, releases_in

from .citing import of_page

_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".bib": "application/x-bibtex; charset=utf-8",
    ".ris": "application/x-research-info-systems; charset=utf-8",
}
_TEXT = "text/plain; charset=utf-8"
#: One part of a file: its first and last byte, or so many of the last ones.
_PART = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")
#: Files are never changed once they are there, are open to pages of other sites, and can be had in parts.
_HEADERS = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "public, max-age=31536000, immutable",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Length, Content-Range, ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def releases() -> list[Release]:
    """The releases that this site has, the newest first."""
    return releases_in(settings.RELEASES_DIR)


def told_of(release: Release) -> dict[str, Any]:
    """What the page of data tells of a release."""
    package = release.package
    return {
        "name": release.name,
        "url": reverse("release", args=[release.name]),
        "data_version": package["version"],
        "rows": sum(release.rows().values()),
        "bytes": sum(one["bytes"] for one in files_of(release)),
        "withheld": sum(one["rows"] for one in package["withheld"]),
    }


def files_of(release: Release) -> list[dict[str, Any]]:
    """The files of a release, with their lengths and hashes."""
    return [
        {
            "name": name,
            "url": reverse("release_file", args=[release.name, name]),
            "bytes": (release.folder / name).stat().st_size,
            "sha256": release.sums.get(name, ""),
        }
        for name in (*release.sums, SUMS)
    ]


def _named(name: str) -> Release:
    found = next((one for one in releases() if one.name == name), None)
    if found is None:
        raise Http404(_("There is no such release; the page of data names all."))
    return found


class ReleasePage(View):
    """What a release holds, what not, and its files."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        release = _named(name)
        address = request.build_absolute_uri(request.path)
        title = _("Release %(name)s") % {"name": name}
        context = {
            "section": "data",
            "title": title,
            "canonical_url": address,
            "release": told_of(release),
            "package": release.package,
            "files": files_of(release),
            "cite": of_page(f"release-{name}", title, address, [one["title"] for one in release.package["sources"]]),
        }
        return render(request, "release.html", context)


def _tag(request: HttpRequest, name: str, path: str) -> str | None:
    """The ETag of a file is its SHA-256."""
    digest = _named(name).sums.get(path)
    return f'"{digest}"' if digest else None


@method_decorator(condition(etag_func=_tag), name="dispatch")
class ReleaseFile(View):
    """A file of a release, or a part of it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, name: str, path: str) -> HttpResponseBase:
        found = _named(name).path(path)
        if found is None:
            raise Http404(_("The release has no such file; its page names all."))
        size = found.stat().st_size
        part = _part(request, size, _tag(request, name, path))
        first, last = part or (0, size - 1)
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        media_type = _type_of(path)
        headers = _HEADERS | {"Content-Length": str(last - first + 1)}
        if part:
            headers["Content-Range"] = f"bytes {first}-{last}/{size}"
        if path != PACKAGE and media_type != _TEXT:
            headers["Content-Disposition"] = f'attachment; filename="armsdb-{name}-{PurePosixPath(path).name}"'
        kind: Any = HttpResponse if request.method == "HEAD" else FileResponse
        body = b"" if request.method == "HEAD" else SlicedFile(found.open("rb"), first, last)
        answer: HttpResponseBase = kind(body, status=206 if part else 200, content_type=media_type)
        for header, value in headers.items():
            answer[header] = value
        return answer


def _type_of(path: str) -> str:
    return _TYPES.get(PurePosixPath(path).suffix, _TEXT)


def _part(request: HttpRequest, size: int, tag: str | None) -> tuple[int, int] | None:
    """The part that is asked for; None for all of it: several parts at once, or parts of what was there before."""
    match = _PART.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if match is None or request.headers.get("If-Range", tag) != tag:
        return None
    first, last, of_end = match.groups()
    if of_end:
        return (size - min(int(of_end), size), size - 1) if int(of_end) else (size, 0)
    return int(first), min(int(last or size), size - 1)


def latest(request: HttpRequest, path: str = "") -> HttpResponse:
    """Lead to the newest release, or to a file of it: this address stays."""
    newest = next(iter(releases()), None)
    if newest is None:
        raise Http404(_("This site has no release yet; every list can be had as a file on the page of data."))
    address = reverse("release_file", args=[newest.name, path]) if path else reverse("release", args=[newest.name])
    answer = redirect(address)
    answer["Cache-Control"] = "no-cache"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
