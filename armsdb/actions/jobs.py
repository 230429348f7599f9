"""Keeping when a job ended well, or failed and why."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError
from django.utils import timezone

from armsdb.models import Job

logger = logging.getLogger(__name__)


class Run:
    """One run of a job, which may say what came of it."""

    told = ""


@contextmanager
def job(name: str) -> Iterator[Run]:
    """Keep how what is done inside ends; what is raised goes on, once it is kept why."""
    begun, run = time.monotonic(), Run()
    try:
        yield run
    except Exception as error:
        keep_failure(name=name, why=str(error) or type(error).__name__)
        raise
    keep_end(name=name, seconds=time.monotonic() - begun, told=run.told)


def keep_end(*, name: str, told: str = "", seconds: float | None = None) -> None:
    """Keep that a job ended well just now."""
    _keep(name, ended=timezone.now(), seconds=seconds, told=told)


def keep_failure(*, name: str, why: str) -> None:
    """Keep that a job failed just now, and why."""
    _keep(name, failed=timezone.now(), failure=" ".join(why.split()))


def _keep(name: str, **values: object) -> None:
    """A job that was done is done, whether or not that can be kept."""
    try:
        Job.objects.update_or_create(name=name, defaults=values)
    except DatabaseError as error:
        logger.warning("How the job %s ended is not kept: %s", name, error)
