"""A record as a thing to cite: what ArmsDB says of it, then the documents and the dataset that it was drawn from."""

from django.http import HttpResponse
from rest_framework.request import Request

from armsdb.exporters import CITERS
from armsdb.exporters.works import of_ours, originals, short
from armsdb.models import Record, Source
from armsdb.models.memory import Memory

from .pages import site


def is_citation(request: Request) -> bool:
    """Whether a record is asked for as a thing to cite."""
    return request.accepted_renderer.format in CITERS


def cited(request: Request, record: Record, memory: Memory) -> HttpResponse:
    """The citation of a record; a document is itself, whoever led to it."""
    citer = CITERS[request.accepted_renderer.format]
    works = [*originals(record)]
    if not isinstance(record, Source):
        number, day = memory.cited
        address = site(request) + record.get_absolute_url()
        works.insert(0, of_ours(record.public_id, str(record), address, number, day, map(short, works)))
    answer = HttpResponse(citer.write(works), content_type=f"{citer.media_type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="armsdb-{record.public_id}.{citer.extension}"'
    return answer
