"""The views of the API: what all of them have, and the two answers of every kind of record, a list and a record."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ViewSetMixin

from armsdb.filters import CONTROLS, Problem, StrictFilterSet
from armsdb.filters.answers import Answer
from armsdb.filters.fields import did_you_mean
from armsdb.filters.walking import CursorError, Walk
from armsdb.models.addresses import at
from armsdb.models.base import RecordQuerySet
from armsdb.models.changes import withdrawn_on
from armsdb.models.data_versions import newest_version

from .errors import BadQuestion, Gone
from .headers import answer_preflight, open_to_all
from .pages import ListPages, bounds, framed, page_problems, page_size, walked
from .records import RecordShape
from .references import record_path

#: The licence of our own data: entities, sources, and what we say of them.
OWN_LICENCE = "CC BY 4.0"


class OpenAnswers:
    """Answers that pages of other sites may read."""

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = open_to_all(super().finalize_response(request, response, *args, **kwargs))  # type: ignore[misc]
        return answer_preflight(answer) if request.method == "OPTIONS" else answer


class ApiView(OpenAnswers, APIView):
    """A view of the API that is no kind of record."""


class RecordViewSet(OpenAnswers, ViewSetMixin, GenericAPIView):
    """The list of one kind of record, and one record."""

    shape: ClassVar[type[RecordShape]]
    filterset: ClassVar[type[StrictFilterSet]]
    #: The kinds of record that an answer tells of: a change of any of them is a change of the list.
    types: ClassVar[tuple[str, ...]]

    pagination_class = ListPages
    filter_backends = []
    lookup_field = "public_id"
    lookup_url_kwarg = "id"

    def rows(self) -> RecordQuerySet:
        """The records that readers can see."""
        return self.shape.Meta.model.objects.published()  # type: ignore[attr-defined]

    def get_queryset(self) -> RecordQuerySet:
        return self.rows()

    def get_serializer_class(self) -> type[RecordShape]:
        return self.shape

    def licence(self, answer: Answer) -> str:
        """The licence of what answers."""
        return OWN_LICENCE

    def _meta(self, question: StrictFilterSet, answer: Answer, **left_out: int) -> dict[str, Any]:
        version = newest_version(self.types)
        told = {"licence": self.licence(answer), "left_out": question.left_out | left_out, "like": question.likes}
        return {"data_version": str(version)} | told

    def _shaped(self, records: list[Any]) -> list[Any]:
        context = {"site": site(self.request)} | self.shape.gathered(records)
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

    def _refuse_misunderstood(self, question: StrictFilterSet) -> None:
        allowed = [*question.filters, *CONTROLS]
        refuse([*question.problems, *page_problems(self.request), *self._field_problems()], allowed)

    def _found(self, keys: list[int]) -> list[Any]:
        """The shapes of the records with these keys, in their order."""
        return self._shaped(self.shape.read(self.rows(), keys))

    def _walked(self, request: Request, question: StrictFilterSet) -> Response:
        """The rows that come after a cursor, of those that may be passed on."""
        try:
            walk = Walk(question, request.query_params["cursor"])
        except CursorError as error:
            raise BadQuestion([Problem("cursor", str(error))]) from error
        answer = question.answer_to_pass_on
        keys, cursor = walk.page(answer, page_size(request))
        meta = self._meta(question, answer, licence=question.answer.held_back())
        return Response(walked(request, cursor, self._found(keys), meta=meta))

    # Last, since the name of the first hides the builtin from the rest of the class.

    def list(self, request: Request) -> Response:
        question = self.filterset(data=request.query_params, queryset=self.rows())
        self._refuse_misunderstood(question)
        if "cursor" in request.query_params:
            return self._walked(request, question)
        count = question.answer.count()
        start, end = bounds(request, count)
        meta = self._meta(question, question.answer)
        return Response(framed(request, count, self._found(question.answer[start:end]), meta=meta))

    def retrieve(self, request: Request, id: str) -> Response | HttpResponse:  # noqa: A002
        refuse(unknown_parameters(request, ("fields", "format")) + self._field_problems())
        found = at(self.shape.joined(self.rows()), id)
        if found.withdrawn is not None:
            told = {"day": format_date(withdrawn_on(found.withdrawn), "j F Y"), "reason": found.withdrawn.state_reason}
            raise Gone(_("Withdrawn on %(day)s: %(reason)s") % told)
        record = found.record or found.moved
        if record is not None and record_path(record) != request.path:
            return lead_to(request, record_path(record))
        if found.record is None:
            raise Http404(_("There is no record with this id."))
        self.shape.complete(found.record)
        return Response(self._shaped([found.record])[0])


def site(request: Request) -> str:
    """Scheme and host under which the request came."""
    return f"{request.scheme}://{request.get_host()}"


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
