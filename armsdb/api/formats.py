"""The formats in which every list can be had as a file."""

from typing import Any

from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from armsdb.exporters import CITERS, EXPORTERS, FTM, GRAPHS, exporters_of
from armsdb.models import Record

_ALL = {**EXPORTERS, **CITERS, **GRAPHS, **FTM}


class FileRenderer(BaseRenderer):
    """A format of files as negotiation and the description know it; the file is written by its exporter."""

    render_style = "binary"
    charset = None

    def __init__(self, word: str) -> None:
        self.format = word
        self.media_type = _ALL[word].media_type

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        raise TypeError("a file is written piece by piece")


_RENDERERS = {word: FileRenderer(word) for word in _ALL}
CITATIONS = [_RENDERERS[word] for word in CITERS]


def downloads_of(model: type[Record]) -> list[FileRenderer]:
    """The formats in which a list of records of a kind can be had as a file."""
    return [_RENDERERS[word] for word in exporters_of(model)]


def is_download(request: Request) -> bool:
    """Whether a list is asked for as a file."""
    return request.accepted_renderer.format in _ALL
