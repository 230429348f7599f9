"""The dataset that a register's rows go to, and the document that they rest on."""

from dataclasses import dataclass
from typing import Any

from armsdb import actions
from armsdb.lib.vocab import Basis, OrganisationKind, SourceKind, State, Terms
from armsdb.models import Dataset, Organisation, Source

from .files import FileRefused


@dataclass(frozen=True)
class About:
    """The dataset that the rows of a form go to, where the caller names no other, and its document."""

    slug: str
    name: str
    #: Id and name; None where the form has no publisher of its own.
    publisher: tuple[str, str] | None
    licence: str
    terms: Terms
    summary: str
    source: str
    publisher_kind: OrganisationKind = OrganisationKind.RESEARCH_BODY
    #: What a row rests on, and what kind of document the register is.
    basis: Basis = Basis.REGISTER
    source_kind: SourceKind = SourceKind.DATASET


def dataset_and_source(about: About, *, slug: str) -> tuple[Dataset, Source]:
    """The dataset of the caller's choice, or the form's own, and its document; made where they are not there."""
    slug = slug or about.slug
    by: dict[str, Any] = {"reason": "A register is imported."}
    publisher = _publisher(about, by)
    dataset = Dataset.objects.filter(public_id=slug).first()
    if dataset is None:
        name = about.name if slug == about.slug else f"{about.name} ({slug})"
        values: dict[str, Any] = {"name": name, "publisher": publisher, "licence": about.licence, "terms": about.terms}
        dataset, _ = actions.put(model=Dataset, public_id=slug, values=values | {"summary": about.summary}, **by)
        actions.publish(record=dataset, **by)
    source = Source.objects.filter(public_id=slug).first()
    if source is None:
        values = {"name": about.source, "publisher": publisher, "kind": about.source_kind, "language": "en"}
        source, _ = actions.put(model=Source, public_id=slug, values=values, **by)
        actions.publish(record=source, **by)
    if dataset.state != State.PUBLISHED or source.state != State.PUBLISHED:
        raise FileRefused(f"The dataset {slug} or its document is not published.")
    return dataset, source


def _publisher(about: About, by: dict[str, Any]) -> Organisation | None:
    """Who publishes a form; made where it is not there."""
    if about.publisher is None:
        return None
    public_id, name = about.publisher
    publisher: Organisation | None = Organisation.objects.filter(public_id=public_id).first()
    if publisher is None:
        values: dict[str, Any] = {"name": name, "kind": about.publisher_kind}
        publisher, _ = actions.put(model=Organisation, public_id=public_id, values=values, **by)
        actions.publish(record=publisher, **by)
    return publisher
