"""How many queries an answer takes: the same at 1 and at 20 rows, and fixed for a record."""

from typing import Any

import pytest
from django.utils import timezone

from armsdb.models import (
    Citation,
    Country,
    Dataset,
    Equipment,
    Event,
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

from .asking import Api
from .builders import copies

#: A record of each kind with much that belongs to it.
LIKE: dict[str, tuple[type[Record], str]] = {
    "countries": (Country, "soviet-union"),
    "organisations": (Organisation, "myanmar-armed-forces"),
    "companies": (Organisation, "rosoboronexport"),
    "people": (Person, "min-aung-hlaing"),
    "equipment": (Equipment, "su-30"),
    "transfers": (Transfer, "articles-t44"),
    "figures": (Figure, "articles-f01"),
    "sanctions": (Sanction, "articles-s01"),
    "events": (Event, "articles-e11"),
    "ownerships": (Ownership, "articles-o01"),
    "roles": (Role, "articles-r01"),
    "sources": (Source, "article-a"),
    "citations": (Event, "articles-e11"),
    "datasets": (Dataset, "articles"),
}
QUERIES = {
    # A list: how many rows, which ones, and the data version; of facts their datasets and the licences as well.
    # A record: the data version, and whether it is there. Then the rows of either: with what they join, and one query
    # for each of the lists in them.
    #
    # Facts of a country: the columns of transfers, which tests read anew, figures, sanctions, events, ownerships, roles
    # (6); then aliases, identifiers, successors, predecessors.
    "countries": (14, 13),
    # Facts of an organisation: transfers, figures, sanctions, events, ownerships (parent, child, both the same),
    # roles (8); then aliases, identifiers.
    "organisations": (14, 13),
    "companies": (14, 13),
    # Facts of a person: transfers, figures, sanctions, events, ownerships, roles (6); then aliases, identifiers.
    "people": (12, 11),
    # Facts of equipment: transfers; then aliases, identifiers.
    "equipment": (7, 6),
    # A list is counted and paged in memory, and tests read that anew: the data version, the columns, licences; then the
    # transfers. Citations, companies, deliveries, what returns it, overlaps
    # on either side (6); then what all of these refer to, once a table: countries, organisations, equipment, datasets,
    # sources, people, the transfer that is returned, and the publishers of the sources.
    "transfers": (17, 15),
    # Those that it is about, citations.
    "figures": (8, 5),
    # Imposers, targets, citations.
    "sanctions": (9, 6),
    # Participants, citations.
    "events": (8, 5),
    # Citations.
    "ownerships": (7, 4),
    "roles": (7, 4),
    # Quoted sources, places of citations, citations; then what these refer to, once a table: of a list of copies that
    # are cited for one event, little; of an article all kinds of facts and those that their addresses name.
    "sources": (10, 18),
    # Sources, the events that are cited, tellers, publishers (of the record: no teller).
    "citations": (7, 6),
    # Facts of a dataset: one query a kind (6).
    "datasets": (10, 9),
}


#: The collections whose rows come with records of another kind, which are copied with them.
WITH = {"sources": ("citations",)}


def copied_last(collection: str) -> None:
    """Twenty copies of the collection's record, changed after everything else."""
    for each in (collection, *WITH.get(collection, ())):
        model, public_id = LIKE[each]
        for made in copies(model.objects.get(public_id=public_id), 20):
            type(made).objects.filter(pk=made.pk).update(updated=timezone.now())
    cited = Citation.objects.filter(public_id__startswith="articles-e11-copy")
    cited.update(updated=timezone.now())
    for number in range(20 if collection == "sources" else 0):  # each copy of the article is cited, as the article is
        source = Source.objects.get(public_id=f"article-a-copy-{number}")
        cited.filter(public_id__startswith=f"articles-e11-copy-{number}-").update(source=source)


@pytest.mark.parametrize("collection", LIKE)
def test_a_list_takes_as_many_queries_at_20_rows_as_at_1(
    api: Api, seeded: None, django_assert_num_queries: Any, collection: str
):
    copied_last(collection)
    # The passages on one event differ in what they refer to: ten of them have all of it.
    for size in (1 if collection != "citations" else 10, 20):
        with django_assert_num_queries(QUERIES[collection][0]):
            answer = api.json(f"{collection}/?ordering=-updated&page_size={size}")
        assert len(answer["results"]) == size


@pytest.mark.parametrize("collection", LIKE)
def test_a_record_takes_a_fixed_number_of_queries(api: Api, django_assert_num_queries: Any, collection: str):
    _, public_id = LIKE[collection]
    path = f"{collection}/{public_id}/" if collection != "citations" else f"citations/{public_id}-c1/"
    with django_assert_num_queries(QUERIES[collection][1]):
        api.json(path)


def test_a_relation_takes_as_many_queries_with_20_more_lines(api: Api, django_assert_max_num_queries: Any):
    """For each side its totals, equipment (2), values and overlaps; companies (7); figures, sanctions, events,
    sources (3); the order of the page; the data versions, datasets and licences; the two countries."""
    most = 29
    with django_assert_max_num_queries(most):
        before = api.json("relations/russia/myanmar/")["supplied"][1]["transfers"]
    copies(Transfer.objects.get(public_id="articles-t44"), 20)
    with django_assert_max_num_queries(most):
        assert api.json("relations/russia/myanmar/")["supplied"][1]["transfers"] == before + 20


def test_a_search_takes_as_many_queries_at_20_answers_as_at_10_of_the_same_kinds(
    api: Api, django_assert_num_queries: Any
):
    """The data version, how many of each kind, which ones, then the records: one query for each kind on the page."""
    with django_assert_num_queries(4):
        assert len(api.json("search/?q=myanmar&type=transfer&page_size=10")["results"]) == 10
    with django_assert_num_queries(4):
        assert len(api.json("search/?q=myanmar&type=transfer&page_size=20")["results"]) == 20
