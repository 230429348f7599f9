"""One question as a file: which rows, in which columns, and what is told of them."""

import hashlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.request import Request

from armsdb.exporters import FTM, GRAPHS, Export, ExportRefused, Table, exporters_of, tables
from armsdb.filters import Problem
from armsdb.filters.passing_on import PassingOn, Share
from armsdb.lib.vocab import State
from armsdb.models import Citation
from armsdb.models.citations import number_in

from .errors import BadQuestion
from .pages import site
from .streams import Stream

#: Objects that are read and shaped together.
OBJECTS = 400
#: Facts whose citations are looked up together.
_FACTS = 5_000
#: What does not go with formats that tell of a row what they have words for.
_FIXED = {**{word: {"fields", "table"} for word in (*GRAPHS, *FTM)}, "jsonld": {"fields"}}


class File:
    """One question as a file of one format; refused, as a list would be, where it is not understood."""

    def __init__(self, view: Any, request: Request) -> None:
        self.request = request
        self.word: str = request.accepted_renderer.format
        self.view = view
        self.exporter = exporters_of(view.shape.Meta.model)[self.word]
        self.question = view.filterset(data=request.query_params, queryset=view.rows())
        #: What the rows of the file are shaped by: the list itself, or one of those beside it.
        self.rows_view = self._rows_view()
        problems = [*self._problems(), *self.rows_view._field_problems()]
        view._refuse_misunderstood(self.question, problems)
        self.answer = self.question.answer_to_pass_on
        self.passing_on = PassingOn(self.question)
        self.keys = self._keys()
        try:
            self.exporter.check(len(self.keys))
        except ExportRefused as error:
            raise BadQuestion([Problem("format", str(error))]) from error
        self.meta = view._meta(self.question, self.answer, licence=self.question.answer.held_back())

    # What is asked

    def _rows_view(self) -> Any:
        kind = self.view.beside.get(self.request.query_params.get("table"))
        if kind is None:
            return self.view
        view = kind(request=self.request, format_kwarg=None)
        view.action = self.view.action
        return view

    def _problems(self) -> Iterator[Problem]:
        query = self.request.query_params
        offered = ["rows", *self.view.beside]
        if query.get("table", "rows") not in offered:
            detail = _("The table is not one of: %(offered)s.") % {"offered": ", ".join(offered)}
            yield Problem("table", detail)
        for name in set(query) & _FIXED.get(self.word, set()):
            yield Problem(name, _("In this format stand the rows of the list, and of each what it has words for."))
        if query.get("manifest", "1") != "1":
            yield Problem("manifest", _("It is 1, or left out."))
        if self.exporter.is_flat and not self._table.columns:
            keys = ", ".join(dict.fromkeys(column.key for column in tables()[self._model].columns))
            yield Problem("fields", _("A table has no column of these; it has those of: %(keys)s.") % {"keys": keys})

    @property
    def _model(self) -> Any:
        return self.rows_view.shape.Meta.model

    @property
    def _table(self) -> Table:
        return tables()[self._model].of(self.rows_view._picked)

    @property
    def wants_manifest(self) -> bool:
        return "manifest" in self.request.query_params

    def _keys(self) -> Sequence[int]:
        """The keys of the rows of the file, in their order."""
        keys = self.answer.all()
        return keys if self.rows_view is self.view else _citations_of(self.view.shape.Meta.model.TYPE, keys)

    # The file

    @property
    def content_type(self) -> str:
        return f"{self.exporter.media_type}; charset=utf-8" if self.exporter.is_text else self.exporter.media_type

    def pieces(self) -> Iterator[bytes]:
        """The file."""
        return self.exporter.pieces(self._export())

    def _export(self) -> Export:
        changed = [when for kind, (_number, when) in self.question.memory.versions.items() if kind in self.view.types]
        return Export(
            title=self.title,
            address=self._address(manifest=None),
            rows=len(self.keys),
            model=self._model,
            columns=self._table.columns,
            parts=self._table.parts(self.keys, site(self.request)),
            objects=self._in_parts(lambda keys: self.rows_view._of_file(self.question.view, keys)),
            records=self._in_parts(self._records),
            changed=max(changed, default=None),
            about=self._about(),
        )

    def _records(self, keys: Sequence[int]) -> list[Any]:
        view = self.rows_view
        found: list[Any] = view.shape.read(view.rows(), list(keys))
        return found

    def _in_parts(self, read: Callable[[Sequence[int]], list[Any]]) -> Iterator[list[Any]]:
        for start in range(0, len(self.keys), OBJECTS):
            keys = self.keys[start : start + OBJECTS]
            found = read(keys)
            if len(found) != len(keys):
                raise RuntimeError("a row that answers is not there")
            yield found

    @property
    def title(self) -> str:
        """The question in words."""
        if self.rows_view is self.view:
            return str(self.question.sentence)
        return _("Citations of: %(question)s") % {"question": self.question.sentence}

    # What is told of it

    def _about(self) -> list[tuple[str, str]]:
        """What a file can tell of itself, in the words of readers."""
        told = self._told()
        version = [(_("Data version"), told["data_version"]), (_("Licence"), told["licence"])]
        credit = [(_("Credit"), one["credit"]) for one in told["datasets"]]
        withheld = [
            (_("Not in this file"), _("%(rows)s rows of %(name)s: %(terms)s") % one) for one in told["withheld"]
        ]
        return [(_("What it is"), self.title), (_("Cite as"), told["cite"]), *version, *credit, *withheld]

    def headers(self) -> Mapping[str, str]:
        """The headers of the file."""
        left_out = ", ".join(f"{reason}={number}" for reason, number in self.meta["left_out"].items())
        return {
            "Content-Disposition": f'attachment; filename="{self.name}"',
            "Link": f'<{self._address(manifest="1")}>; rel="describedby"; type="application/json"',
            "ArmsDB-Rows": str(len(self.keys)),
            "ArmsDB-Data-Version": self.meta["data_version"],
            "ArmsDB-Licence": " ".join(self.meta["licence"].split()),
            "ArmsDB-Left-Out": left_out,
        }

    @property
    def name(self) -> str:
        """What the file is called: by its kind, its table and the data version."""
        parts = ["armsdb", self._model.COLLECTION, self.meta["data_version"]]
        if self.rows_view is not self.view:
            parts.insert(1, self.view.shape.Meta.model.COLLECTION)
        return f"{'-'.join(parts)}.{self.exporter.extension}"

    def manifest(self) -> HttpResponse:
        """What the file is, with its length and its SHA-256: it is written once for that, and not kept."""
        length, digest = 0, hashlib.sha256()
        for piece in Stream(self.pieces(), ExitStack()):
            length += len(piece)
            digest.update(piece)
        whole = {"bytes": length, "sha256": digest.hexdigest()}
        told = self._told()
        body = {**told, "rows": len(self.keys), **whole, "columns": self._columns()}
        return HttpResponse(orjson.dumps(body), content_type="application/json")

    def _told(self) -> dict[str, Any]:
        return {
            "address": self._address(manifest=None),
            "file": self.name,
            "title": self.title,
            "format": self.word,
            "data_version": self.meta["data_version"],
            "licence": self.meta["licence"],
            "left_out": self.meta["left_out"],
            "cite": _("ArmsDB, “%(title)s”, data version %(version)s, %(address)s")
            % {"title": self.title, "version": self.meta["data_version"], "address": self._address(manifest=None)},
            "datasets": [_told_of(share) | {"credit": share.credit} for share in self.passing_on.given],
            "withheld": [_told_of(share) | {"terms": share.terms} for share in self.passing_on.withheld],
        }

    def _columns(self) -> list[dict[str, str]]:
        if not self.exporter.is_flat:
            return []
        columns = self._table.columns
        return [{"name": one.name, "kind": one.kind.value, "note": str(one.note)} for one in columns]

    def _address(self, **changes: str | None) -> str:
        """The address of the file, whatever page of the list was looked at, or of its manifest."""
        asked = [(name, value) for name, values in self.request.query_params.lists() for value in values]
        without = ("page", "page_size", "format", *changes)
        query = [(name, value) for name, value in asked if value and name not in without]
        query += [("format", self.word), *((name, value) for name, value in changes.items() if value)]
        return f"{site(self.request)}{self.request.path}?{urlencode(query)}"


def _told_of(share: Share) -> dict[str, Any]:
    one = share.dataset
    return {"id": one.public_id, "name": one.name, "rows": share.rows, "licence": one.licence}


def _citations_of(kind: str, keys: Sequence[int]) -> Sequence[int]:
    """The keys of the published citations of some facts, fact by fact and in the order of their numbers."""
    found = array("q")
    for start in range(0, len(keys), _FACTS):
        places = {key: place for place, key in enumerate(keys[start : start + _FACTS])}
        rows = Citation.objects.filter(state=State.PUBLISHED, **{f"{kind}__in": list(places)}).order_by()
        told = [(places[fact], number_in(own), pk) for fact, own, pk in rows.values_list(kind, "public_id", "pk")]
        found.extend(pk for _place, _number, pk in sorted(told))
    return found
