"""Every list as a file: all rows that answer and may be passed on, as of one moment, streamed.

A file that is not whole breaks off: the transfer is not ended. Its manifest tells how many rows and bytes it has and
their SHA-256, so that a reader can prove that it is whole.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from typing import Any, ClassVar

from django.db import connection
from django.http import HttpResponseBase, StreamingHttpResponse
from rest_framework.request import Request
from rest_framework.viewsets import ViewSetMixin

from armsdb.lib.vocab import Terms
from armsdb.models import Dataset
from armsdb.models.connections import allowed
from armsdb.models.data_versions import stamps
from armsdb.models.memory import Memory, View
from armsdb.models.snapshots import one_moment

from .by_column import Maker, References
from .files import File
from .formats import CITATIONS, downloads_of, is_download
from .pages import site
from .streams import LONGEST, Stream, a_place


class Downloads(ViewSetMixin):
    """What a list needs to be had as a file; a view of a kind of record has the rest."""

    #: The other tables that a list can be had as: the view that has their rows.
    beside: ClassVar[Mapping[str, Any]] = {}
    request: Any
    shape: ClassVar[Any]
    rows: Any
    _shaped: Any
    _picked: Any
    #: Makes the objects of a file of many rows; else they are shaped one by one.
    maker: ClassVar[Maker | None] = None

    def get_renderers(self) -> list[Any]:
        renderers: list[Any] = super().get_renderers()  # type: ignore[misc]
        of_action = {"list": downloads_of(self.shape.Meta.model), "retrieve": CITATIONS}
        return [*renderers, *of_action.get(self.action, [])]

    @property
    def is_download(self) -> bool:
        return is_download(self.request)

    def download(self, request: Request) -> HttpResponseBase:
        """The file, or with `manifest` what it is."""
        with ExitStack() as held:
            if request.method != "HEAD":
                held.enter_context(a_place())
            held.enter_context(one_moment())
            held.enter_context(allowed(LONGEST))
            with _one_view().at_hand():
                file = File(self, request)
            if request.method == "HEAD":
                # Not an empty body, which would tell a length.
                response = StreamingHttpResponse((), content_type=file.content_type)
            elif file.wants_manifest:
                return file.manifest()
            else:
                stream = Stream(file.pieces(), held.pop_all(), request.META.get("gunicorn.socket"))
                response = StreamingHttpResponse(stream, content_type=file.content_type)
            for name, value in file.headers().items():
                response[name] = value
            return response

    @cached_property
    def _references(self) -> References:
        return References()

    def _of_file(self, view: View, keys: Sequence[int]) -> list[Any]:
        """The shapes of records in a file, of which all that it tells is as of one moment."""
        if self.maker is None:
            return self._copied(view, keys)
        with view.at_hand():
            context = {"site": site(self.request), "withheld": withheld_in(view)}
            return self.maker.read(self.shape.ready(context, self._picked), keys, self._references)

    def _copied(self, view: View, keys: Sequence[int]) -> list[Any]:
        """The shapes of records in a copy: nothing in them tells of what may not be passed on."""
        with view.at_hand():
            records = self.shape.read(self.rows(), list(keys))
            copies: list[Any] = self._shaped(records, withheld=withheld_in(view))
        return copies


def withheld_in(view: View) -> frozenset[int]:
    """The datasets whose rows may not be passed on as a whole, by their keys."""
    found: frozenset[int] = view.memory.found("withheld datasets", None, _withheld)
    return found


def _withheld() -> frozenset[int]:
    return frozenset(Dataset.objects.exclude(terms=Terms.OPEN).values_list("pk", flat=True))


def _one_view() -> View:
    """What a file is told from: a memory of its own, since what others remember may be newer than its moment."""
    view = View()
    view.memory = Memory((connection.settings_dict["NAME"], stamps()))
    return view
