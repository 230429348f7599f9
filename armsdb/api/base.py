"""The views of the API: what all of them have, and the two answers of every kind of record, a list and a record."""

from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from typing import Any, ClassVar, NoReturn

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from armsdb.filters import CONTROLS, Problem, StrictFilterSet
from armsdb.filters.answers import Answer
from armsdb.filters.fields import did_you_mean
from armsdb.filters.walking import CursorError, Walk
from armsdb.lib.vocab import OWN_LICENCE
from armsdb.models.addresses import at
from armsdb.models.base import RecordQuerySet
from armsdb.models.changes import withdrawn_on
from armsdb.models.data_versions import OF_ALL
from armsdb.models.memory import View, view

from . import limits
from .citing import cited, is_citation
from .deprecations import Deprecation
from .downloads import Downloads
from .errors import BadQuestion, Gone
from .headers import answer_preflight, open_to_all
from .pages import ListPages, bounds, framed, links, page_problems, page_size, site, walked
from .records import RecordShape
from .references import record_path
from .rendering import rendered
from .unchanged import READS, marked

#: Records of a kind that are remembered as they are written: some 4 kB each.
_REMEMBERED = 2_000


class OpenAnswers:
    """Answers that pages of other sites may read, and that tell by their marks whether they changed."""

    #: The kinds of record that an answer tells of: a change of any of them is a change of a list.
    types: ClassVar[tuple[str, ...]] = (OF_ALL,)

    @classmethod
    def joined_kinds(cls, action: str) -> tuple[str, ...] | None:
        """The kinds whose data version tells whether an answer changed; None where what it holds tells."""
        return cls.types

    #: What has to go of what was asked for.
    deprecated: Deprecation | None = None

    #: Under which limit the answers count.
    limit: ClassVar[str] = limits.DEFAULT

    def get_throttles(self) -> list[Any]:
        return [limits.Limit()]

    def throttled(self, request: Request, wait: Any) -> NoReturn:
        raise Throttled(wait, str(limits.TOO_MUCH))

    def perform_authentication(self, request: Request) -> None:
        try:
            super().perform_authentication(request)  # type: ignore[misc]
        except AuthenticationFailed:
            self.check_throttles(request)  # type: ignore[attr-defined]  # who tries tokens has a limit, too
            raise

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        if self.types and request.method in READS:
            _ = view().memory  # before anything is read: an answer is as new as its mark, or newer

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = open_to_all(super().finalize_response(request, response, *args, **kwargs))  # type: ignore[misc]
        limits.tell(request._request, answer)
        if request.method == "OPTIONS":
            return answer_preflight(answer, self.allowed_methods)  # type: ignore[attr-defined]
        if answer.status_code != HTTPStatus.OK or request.method not in READS:
            return answer
        kinds = self.joined_kinds(getattr(self, "action", ""))
        if not isinstance(answer, Response):
            return marked(request._request, answer, kinds, self.types)
        answer["Link"] = links(request, answer.data)
        if self.deprecated is not None:
            self.deprecated.put_on(answer, site(request))
        answer.add_post_render_callback(lambda written: marked(request._request, written, kinds, self.types))
        return answer


class ApiView(OpenAnswers, APIView):
    """A view of the API that is no kind of record."""


class RecordViewSet(Downloads, OpenAnswers, GenericAPIView):
    """The list of one kind of record, and one record."""

    shape: ClassVar[type[RecordShape]]
    filterset: ClassVar[type[StrictFilterSet]]

    pagination_class = ListPages
    filter_backends = []
    lookup_field = "public_id"
    lookup_url_kwarg = "id"

    @classmethod
    def joined_kinds(cls, action: str) -> tuple[str, ...] | None:
        return cls.types if action == "list" else None

    def rows(self) -> RecordQuerySet:
        """The records that readers can see."""
        model: Any = self.shape.Meta.model
        return _published(model).all()

    def get_queryset(self) -> RecordQuerySet:
        return self.rows()

    def get_serializer_class(self) -> type[RecordShape]:
        return self.shape

    def licence(self, answer: Answer) -> str:
        """The licence of what answers."""
        return OWN_LICENCE

    def _meta(self, question: StrictFilterSet, answer: Answer, **left_out: int) -> dict[str, Any]:
        version = question.memory.newest(self.types)
        with question.view.at_hand():
            licence = self.licence(answer)
        told = {"licence": licence, "left_out": question.left_out | left_out, "like": question.likes}
        return {"data_version": str(version)} | told

    def _shaped(self, records: list[Any], **context: Any) -> list[Any]:
        context |= {"site": site(self.request)} | self.shape.gathered(records)
        shape = self.shape.ready(context, self._picked)
        return [shape.to_representation(record) for record in records]

    @property
    def _picked(self) -> list[str] | None:
        """The keys that `fields` picks; None for all."""
        text = self.request.query_params.get("fields")
        return [name.strip() for name in text.split(",")] if text else None

    def _field_problems(self) -> list[Problem]:
        allowed = list(self.shape.Meta.fields)
        unknown = [name for name in self._picked or () if name not in allowed]
        return [
            Problem(
                "fields",
                _("There is no field “%(name)s”.%(hint)s The fields are: %(allowed)s.")
                % {"name": name, "hint": did_you_mean(name, allowed), "allowed": ", ".join(allowed)},
            )
            for name in unknown[:1]
        ]

    def _refuse_misunderstood(self, question: StrictFilterSet, others: Iterable[Problem] | None = None) -> None:
        allowed = [*question.filters, *CONTROLS]
        own = self._field_problems() if others is None else others
        refuse([*question.problems, *page_problems(self.request), *own], allowed)

    def _found(self, view: View, keys: list[int]) -> list[Any]:
        """The shapes of the records with these keys, in their order; whole ones are remembered as they are written."""
        with view.at_hand():
            if self._picked is not None:
                return self._shaped(self.shape.read(self.rows(), keys))
            found = view.memory.all_found((self.shape, site(self.request)), keys, self._rendered, _REMEMBERED)
        return [found[key] for key in keys if key in found]

    def _rendered(self, keys: list[int]) -> dict[int, Any]:
        """The records with these keys as they are written, by key."""
        records = self.shape.read(self.rows(), keys)
        return {record.pk: rendered(shape) for record, shape in zip(records, self._shaped(records), strict=True)}

    def _walked(self, request: Request, question: StrictFilterSet) -> Response:
        """The rows that come after a cursor, of those that may be passed on."""
        try:
            walk = Walk(question, request.query_params["cursor"])
        except CursorError as error:
            raise BadQuestion([Problem("cursor", str(error))]) from error
        answer = question.answer_to_pass_on
        keys, cursor = walk.page(answer, page_size(request))
        meta = self._meta(question, answer, licence=question.answer.held_back())
        return Response(walked(request, cursor, self._copied(question.view, keys), meta=meta))

    # Last, since the name of the first hides the builtin from the rest of the class.

    def list(self, request: Request) -> Response | HttpResponseBase:
        if self.is_download:
            return self.download(request)
        question = self.filterset(data=request.query_params, queryset=self.rows())
        self._refuse_misunderstood(question)
        if "cursor" in request.query_params:
            return self._walked(request, question)
        count = question.answer.count()
        start, end = bounds(request, count)
        meta = self._meta(question, question.answer)
        return Response(framed(request, count, self._found(question.view, question.answer[start:end]), meta=meta))

    def retrieve(self, request: Request, id: str) -> Response | HttpResponse:  # noqa: A002
        refuse(unknown_parameters(request, ("fields", "format")) + self._field_problems())
        told_from = view()
        found = at(self.rows(), id)
        if found.withdrawn is not None:
            told = {"day": format_date(withdrawn_on(found.withdrawn), "j F Y"), "reason": found.withdrawn.state_reason}
            raise Gone(_("Withdrawn on %(day)s: %(reason)s") % told)
        record = found.record or found.moved
        if record is not None and record_path(record) != request.path:
            return lead_to(request, record_path(record))
        if record is not None and is_citation(request):
            refuse([Problem("fields", _("JSON alone has fields."))] if "fields" in request.query_params else [])
            return cited(request, record, told_from.memory)
        shapes = self._found(told_from, [found.record.pk]) if found.record else []
        if not shapes:
            raise Http404(_("There is no record with this id."))
        return Response(shapes[0])


@cache
def _published(model: Any) -> RecordQuerySet:
    """Those of a kind: to copy a condition takes less time than to make it again for each answer."""
    found: RecordQuerySet = model.objects.published()
    return found


def unknown_parameters(request: Request, allowed: Iterable[str], repeatable: Iterable[str] = ()) -> list[Problem]:
    """What is wrong with the names of parameters, where there is no FilterSet to tell."""
    found = []
    for name, values in request.query_params.lists():
        if name not in allowed:
            found.append(Problem(name, _("Unknown parameter.") + did_you_mean(name, allowed)))
        elif len(values) > 1 and name not in repeatable:
            found.append(Problem(name, _("The parameter is given more than once.")))
    return found


def refuse(problems: list[Problem], allowed: Iterable[str] = ()) -> None:
    """Refuse a question because of these problems, naming the parameters that there are; none is fine."""
    if not problems:
        return
    allowed = list(allowed)
    if any(problem.parameter not in allowed for problem in problems) and allowed:
        detail = _("The question has a parameter that nobody knows. The parameters are: %(allowed)s.")
        raise BadQuestion(problems, detail % {"allowed": ", ".join(allowed)})
    raise BadQuestion(problems)


def lead_to(request: Request, path: str) -> HttpResponse:
    """Lead to another address with 308, keeping the question."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(path + (f"?{query}" if query else ""), permanent=True, preserve_request=True)
