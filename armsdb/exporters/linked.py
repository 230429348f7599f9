"""Records as linked data, in the words of schema.org, so that search engines and catalogues know what a page is about.

A fact is a Claim, never a statement of ours: who says so is in `appearance`, who denies or questions it in `subjectOf`,
and its grade of evidence in `description`. It carries no review and no verdict.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from armsdb.lib.vocab import OrganisationKind, SourceKind, Stance, Terms
from armsdb.models import (
    Citation,
    Country,
    Dataset,
    Entity,
    Equipment,
    Event,
    Fact,
    Figure,
    Organisation,
    Ownership,
    Person,
    Record,
    Role,
    Sanction,
    Source,
    Transfer,
)
from armsdb.models.reading import beside

from .works import of_source

CONTEXT = "https://schema.org"
MEDIA_TYPE = "application/ld+json"
OWN_LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
Node = dict[str, Any]

_ORGANISATIONS = {
    OrganisationKind.COMPANY: "Corporation",
    OrganisationKind.STATE_CONGLOMERATE: "Corporation",
    OrganisationKind.GOVERNMENT_BODY: "GovernmentOrganization",
    OrganisationKind.ARMED_FORCE: "GovernmentOrganization",
    OrganisationKind.POLITICAL_PARTY: "PoliticalParty",
    OrganisationKind.NGO: "NGO",
    OrganisationKind.NEWS_OUTLET: "NewsMediaOrganization",
    OrganisationKind.RESEARCH_BODY: "ResearchOrganization",
}
_DOCUMENTS = {
    SourceKind.NEWS_ARTICLE: "NewsArticle",
    SourceKind.ANALYSIS: "AnalysisNewsArticle",
    SourceKind.OFFICIAL_REPORT: "Report",
    SourceKind.CAMPAIGN_REPORT: "Report",
    SourceKind.DATASET: "Dataset",
    SourceKind.FOOTAGE: "VideoObject",
}
_TYPES: Mapping[type[Record], str] = {Country: "Country", Person: "Person", Equipment: "Product", Dataset: "Dataset"}


def document(nodes: Node | list[Node]) -> Node:
    """One record, or several, as a whole."""
    return {"@context": CONTEXT, **nodes} if isinstance(nodes, dict) else {"@context": CONTEXT, "@graph": nodes}


def node(record: Record, site: str) -> Node:
    """A record; what its page or its list has fetched is enough. `site` is scheme and host of the addresses."""
    if isinstance(record, Fact):
        own = _claim(record, site)
    elif isinstance(record, Source):
        own = _document(record, site)
    elif isinstance(record, Citation):
        own = {**_passage(record, site), "about": _reference(record.fact, site)}
    elif isinstance(record, Dataset):
        own = _dataset(record, site)
    else:
        own = _entity(record, site)
    return {**_reference(record, site), "url": site + record.get_absolute_url(), **_told(own)}


def catalog(datasets: Iterable[Dataset], site: str, title: str, *, version: str, day: str) -> Node:
    """The whole of ArmsDB: its datasets, under the licence of our own work."""
    return {
        "@type": "DataCatalog",
        "@id": f"{site}/",
        "url": f"{site}/",
        "name": title,
        "license": OWN_LICENCE_URL,
        **_told({"version": version, "dateModified": day}),
        "dataset": [node(one, site) for one in datasets],
    }


def collection(records: Iterable[Record], site: str, *, title: str, address: str, rows: int) -> Node:
    """A list: how many it has, and where those of this page are."""
    places = (site + record.get_absolute_url() for record in records)
    items = [{"@type": "ListItem", "position": place, "url": url} for place, url in enumerate(places, start=1)]
    return {
        "@type": "CollectionPage",
        "@id": address,
        "name": title,
        "isPartOf": {"@type": "DataCatalog", "@id": f"{site}/"},
        "mainEntity": {"@type": "ItemList", "numberOfItems": rows, "itemListElement": items},
    }


def _told(values: Mapping[str, Any]) -> Node:
    """What is told; what is empty is left out."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _reference(record: Any, site: str) -> Node:
    """A record by its address, type and name."""
    return {"@type": _type(record), "@id": site + record.get_absolute_url(), "name": str(record)}


def _type(record: Any) -> str:
    if isinstance(record, Fact):
        return "Claim"
    if isinstance(record, Organisation):
        return _ORGANISATIONS.get(OrganisationKind(record.kind), "Organization")
    if isinstance(record, Source):
        return _DOCUMENTS.get(SourceKind(record.kind), "CreativeWork")
    return _TYPES.get(type(record), "CreativeWork")


def _entity(record: Any, site: str) -> Node:
    entity: Entity = record
    identifiers = record.identifiers.all()
    more: Node = {}
    if isinstance(record, Equipment):
        more = {"category": str(record.get_category_display())}
    elif isinstance(record, Organisation) and record.country:
        more = {"location": _reference(record.country, site)}
    codes = [("ISO 3166-1 alpha-2", "alpha_2"), ("ISO 3166-1 alpha-3", "alpha_3"), ("ISO 3166-3", "alpha_4")]
    own = [(name, getattr(record, column)) for name, column in codes if getattr(record, column, "")]
    return {
        "alternateName": [alias.name for alias in entity.aliases.all()],
        "description": record.summary,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": scheme, "value": value}
            for scheme, value in (*own, *((one.scheme, one.value) for one in identifiers))
        ],
        "sameAs": [f"https://www.wikidata.org/entity/{one.value}" for one in identifiers if one.scheme == "wikidata"],
        **more,
    }


def _document(source: Source, site: str) -> Node:
    work = of_source(source)
    publisher = source.publisher if source.publisher and source.publisher.is_published else None
    return {
        "author": [{"@type": "Thing", "name": name} for name in work.authors],
        "publisher": _reference(publisher, site) if publisher else None,
        "datePublished": "-".join(f"{part:02}" for part in work.day),
        "inLanguage": work.language,
        "sameAs": work.url,
        "archivedAt": work.archived,
    }


def _dataset(dataset: Dataset, site: str) -> Node:
    publisher = dataset.publisher if dataset.publisher and dataset.publisher.is_published else None
    is_open = dataset.terms == Terms.OPEN
    return {
        "description": dataset.summary,
        "publisher": _reference(publisher, site) if publisher else None,
        "version": dataset.version,
        "license": dataset.licence,
        "conditionsOfAccess": str(dataset.get_terms_display()),
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": f"{site}/"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "contentUrl": f"{site}/api/v1/transfers/?dataset={dataset.public_id}&format=csv",
            }
        ]
        if is_open
        else [],
    }


def _claim(fact: Any, site: str) -> Node:
    passages: list[Citation] = sorted(beside(fact, "citations"), key=lambda one: one.pk)
    of_stance = {
        stance: [_passage(one, site) for one in passages if (one.stance == Stance.SUPPORTS) is (stance == "supports")]
        for stance in ("supports", "others")
    }
    told = {"grade": fact.get_evidence_display(), "reason": fact.evidence_reason}
    return {
        "text": getattr(fact, "statement", "") or fact.name,
        "description": _("Evidence: %(grade)s. %(reason)s") % told,
        "abstract": fact.comment,
        "about": [_reference(one, site) for one in _named(fact)],
        "temporalCoverage": fact.main_date.edtf if fact.main_date else "",
        "appearance": of_stance["supports"],
        "subjectOf": of_stance["others"],
        "isPartOf": _reference(fact.dataset, site),
        "license": fact.dataset.licence,
        "dateModified": fact.updated.date().isoformat(),
    }


def _passage(citation: Citation, site: str) -> Node:
    """A place in a document, with what it does to the claim, and who says so there."""
    said = {"stance": citation.get_stance_display(), "basis": citation.get_basis_display()}
    return _told(
        {
            "@type": "CreativeWork",
            "@id": site + citation.get_absolute_url(),
            "name": _("%(place)s of %(source)s") % {"place": citation.locator, "source": citation.source},
            "isPartOf": _reference(citation.source, site),
            "description": _("%(stance)s; rests on: %(basis)s") % said,
            "abstract": citation.note,
            "creditText": citation.attributed_to,
        }
    )


def _named(fact: Any) -> list[Any]:
    """Whom and what a fact is about, each once."""
    return [one for one in dict.fromkeys(_NAMED[type(fact)](fact)) if one is not None]


_NAMED: Mapping[type[Record], Callable[[Any], Iterable[Any]]] = {
    Transfer: lambda fact: (
        *(fact.supplier, fact.supplier_organisation, fact.recipient, fact.recipient_organisation, fact.equipment),
        *(row.company for row in beside(fact, "company_rows")),
    ),
    Figure: lambda fact: (row.entity for row in beside(fact, "about_rows")),
    Sanction: lambda fact: (
        *(row.entity for row in beside(fact, "imposer_rows")),
        *(row.entity for row in beside(fact, "target_rows")),
    ),
    Event: lambda fact: (row.entity for row in beside(fact, "participant_rows")),
    Ownership: lambda fact: (fact.parent, fact.child),
    Role: lambda fact: (fact.person, fact.of_organisation, fact.of_country),
}
