"""What Prometheus reads at /metrics: what the workers counted, and what the database tells at that moment."""

import os
from collections.abc import Iterator
from datetime import UTC

from django.db.models import Count
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from armsdb.lib import read_only
from armsdb.models import Fact, ImportRun, kinds
from armsdb.models.data_versions import OF_ALL, versions
from armsdb.models.jobs import all_jobs

#: The part of answers that may fail in a quarter (docs/operations.md): the error budget.
MAY_FAIL = 0.001


def written() -> tuple[bytes, str]:
    """All numbers as text, and what kind of text that is."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(registry)
        counted = registry
    else:
        counted = REGISTRY
    data = CollectorRegistry()
    data.register(OfData())
    data.register(OfBudget(counted))
    return generate_latest(counted) + generate_latest(data), CONTENT_TYPE_LATEST


class OfData(Collector):
    """What the database tells: how much there is, how sure it is, what was imported, when jobs ended well."""

    def collect(self) -> Iterator[Metric]:
        number, changed = versions().get(OF_ALL, (0, None))
        yield _gauge("armsdb_data_version", "The public data version.", number)
        if changed is not None:
            when = changed if changed.tzinfo else changed.replace(tzinfo=UTC)  # SQLite keeps no zone
            yield _gauge("armsdb_data_changed_seconds", "When it last changed, in Unix seconds.", when.timestamp())
        yield _gauge("armsdb_read_only", "1 while nothing may be written.", int(read_only.is_on()))
        yield self._facts()
        yield self._imports()
        yield from self._jobs()

    def _facts(self) -> Metric:
        facts = GaugeMetricFamily("armsdb_facts", "Published facts, by kind and grade.", labels=["kind", "grade"])
        for name, kind in kinds().items():
            if issubclass(kind, Fact):
                published = kind.objects.published().order_by()
                for grade, count in published.values_list("evidence").annotate(Count("pk")):
                    facts.add_metric([name, grade], count)
        return facts

    def _imports(self) -> Metric:
        runs = GaugeMetricFamily("armsdb_imports", "Imports, by whether anything was written.", labels=["written"])
        runs.add_metric(["yes"], ImportRun.objects.filter(version__isnull=False).count())
        runs.add_metric(["no"], ImportRun.objects.filter(version__isnull=True).count())
        return runs

    def _jobs(self) -> Iterator[Metric]:
        ended = GaugeMetricFamily("armsdb_job_ended_seconds", "Last good end, in Unix seconds.", labels=["job"])
        failing = GaugeMetricFamily("armsdb_job_failing", "1 where it failed since its last good end.", labels=["job"])
        for job in all_jobs():
            ended.add_metric([job.name], job.ended.timestamp() if job.ended else 0)
            failing.add_metric([job.name], int(job.is_failing))
        yield ended
        yield failing


class OfBudget(Collector):
    """What is left of the error budget of the answers that these workers have counted: 1 is all, below 0 is too much.

    It begins anew when the site is started; over a quarter the dashboard sums it up by the same rule.
    """

    def __init__(self, counted: CollectorRegistry) -> None:
        self._counted = counted

    def collect(self) -> Iterator[Metric]:
        answers = failed = 0.0
        for metric in self._counted.collect():
            if metric.name != "armsdb_requests":
                continue
            for sample in metric.samples:
                if sample.name == "armsdb_requests_total":
                    answers += sample.value
                    failed += sample.value if sample.labels["status"].startswith("5") else 0
        left = 1 - failed / (answers * MAY_FAIL) if answers else 1.0
        yield _gauge("armsdb_error_budget_left", "The part of the error budget that is left.", left)


def _gauge(name: str, meaning: str, value: float) -> Metric:
    gauge = GaugeMetricFamily(name, meaning)
    gauge.add_metric([], value)
    return gauge
