"""Rows of every kind, made straight through the ORM, and a small world of them."""

from types import SimpleNamespace
from typing import Any

from armsdb import search
from armsdb.lib.vocab import AliasKind, Grade, State
from armsdb.models import (
    Alias,
    Citation,
    Country,
    Dataset,
    Equipment,
    Event,
    EventParticipant,
    Figure,
    FigureSubject,
    Organisation,
    Ownership,
    Person,
    Record,
    Role,
    Sanction,
    SanctionImposer,
    SanctionTarget,
    Source,
    Transfer,
    TransferCompany,
)


def record(model: type[Record], public_id: str, *, state: str = State.PUBLISHED, **values: Any) -> Any:
    """One row of a model, published unless told otherwise, with what derives from its columns."""
    row = model(public_id=public_id, state=state)
    for name, value in values.items():
        setattr(row, name, value)
    row.derive()
    row.save()
    return row


def entity(model: type[Record], name: str, *aliases: str | tuple[str, str], **values: Any) -> Any:
    """An entity with its other names; of a pair the second is the kind of the name."""
    public_id = values.pop("public_id", None) or name.lower().replace(" ", "-").replace(",", "")
    row = record(model, public_id, name=name, **values)
    for alias in aliases:
        add_alias(row, *(alias if isinstance(alias, tuple) else (alias,)))
    return row


def add_alias(row: Any, name: str, kind: str = AliasKind.OTHER) -> Alias:
    alias = Alias(**{row.TYPE: row}, name=name, kind=kind)
    alias.derive()
    alias.save()
    return alias


def fact(model: type[Record], key: str, dataset: Dataset, **values: Any) -> Any:
    return record(
        model,
        f"articles-{key.lower()}",
        dataset=dataset,
        key=key,
        evidence=Grade.REPORTED,
        evidence_reason="One.",
        **values,
    )


def cite(row: Any, source: Source, **values: Any) -> Any:
    number = row.citations.count() + 1
    values = {"locator": "A1", "basis": "reporting", **values}
    return record(Citation, f"{row.public_id}-c{number}", source=source, **{row.TYPE: row}, **values)


def small_world() -> SimpleNamespace:
    """Countries, companies, equipment, sources and one fact of each kind, all in the index."""
    w = SimpleNamespace()
    _entities(w)
    _provenance(w)
    _transfers(w)
    _other_facts(w)
    w.all = [row for row in vars(w).values() if isinstance(row, Record)]
    search.index(w.all)
    return w


def _entities(w: SimpleNamespace) -> None:
    w.myanmar = entity(
        Country,
        "Myanmar",
        ("Burma", AliasKind.FORMER),
        alpha_2="MM",
        alpha_3="MMR",
        summary="A state in South-East Asia.",
    )
    w.russia = entity(
        Country, "Russia", "Russian Federation", ("Россия", AliasKind.NATIVE), alpha_2="RU", alpha_3="RUS"
    )
    w.india = entity(Country, "India", alpha_2="IN", alpha_3="IND")
    w.rosoboronexport = entity(
        Organisation,
        "Rosoboronexport",
        ("Rosoboroneksport", AliasKind.TRANSLITERATION),
        ("Рособоронэкспорт", AliasKind.NATIVE),
        kind="company",
        country=w.russia,
        summary="An arms exporter; some of its tanks went far.",
    )
    w.almaz = entity(Organisation, "Almaz-Antey", "JSC Concern VKO", kind="company", country=w.russia)
    w.tactical = entity(
        Organisation,
        "Tactical Missiles Corporation",
        ("Tactiles Missiles", AliasKind.MISSPELLING),
        kind="company",
        country=w.russia,
    )
    w.uralvagonzavod = entity(
        Organisation, "Uralvagonzavod", ("Uralvagonsavod", AliasKind.MISSPELLING), kind="company", country=w.russia
    )
    w.outlet = entity(Organisation, "Al Jazeera", kind="news-outlet")
    w.budanov = entity(
        Person, "Kirill Budanov", ("Кирилл Буданов", AliasKind.NATIVE), summary="A head of intelligence."
    )
    w.su30 = entity(
        Equipment,
        "Su-30",
        "Sukhoi Su-30",
        ("Су-30", AliasKind.NATIVE),
        description="fighter aircraft",
        public_id="su-30",
    )
    w.mig29 = entity(Equipment, "MiG-29", description="fighter aircraft", public_id="mig-29")
    w.mig31 = entity(Equipment, "MiG-31", description="fighter aircraft, 29 seen", public_id="mig-31")
    w.sights = entity(Equipment, "Tank sights", description="sight for armoured vehicles", category="parts-and-sensors")


def _provenance(w: SimpleNamespace) -> None:
    w.dataset = record(
        Dataset,
        "articles",
        name="Two articles",
        publisher=w.outlet,
        licence="none",
        terms="quote",
        summary="Read closely.",
    )
    w.article = record(
        Source,
        "article-a",
        name="Weekend report",
        publisher=w.outlet,
        kind="news-article",
        authors=["Jane Doe"],
        reliability="A copy that a machine translated.",
    )
    w.footage = record(Source, "videos", name="Videos from the front", kind="footage", via=w.article, publisher=None)


def _transfers(w: SimpleNamespace) -> None:
    w.jets = fact(Transfer, "T39", w.dataset, supplier=w.russia, recipient=w.myanmar, equipment=w.mig29)
    cite(w.jets, w.article, attributed_to="an unnamed clerk")
    w.sent_back = fact(
        Transfer,
        "T44",
        w.dataset,
        supplier=w.myanmar,
        recipient=w.russia,
        recipient_organisation=w.uralvagonzavod,
        equipment=w.sights,
        supplier_as_stated="the generals",
        comment="Thousands were on their way.",
    )
    TransferCompany.objects.create(transfer=w.sent_back, company=w.rosoboronexport, role="exporter")
    cite(w.sent_back, w.article, quotes=w.footage, attributed_to_person=w.budanov)


def _other_facts(w: SimpleNamespace) -> None:
    w.figure = fact(
        Figure, "F12", w.dataset, name="Paid under contracts", statement="A large sum was paid.", unit="contracts"
    )
    FigureSubject.objects.create(figure=w.figure, country=w.myanmar)
    w.sanction = fact(
        Sanction,
        "S01",
        w.dataset,
        name="Measures of one weekend",
        statement="New measures against dealers.",
        programme="Weekend programme",
        targets_as_stated="arms dealers",
    )
    SanctionImposer.objects.create(sanction=w.sanction, country=w.india)
    SanctionTarget.objects.create(sanction=w.sanction, person=w.budanov)
    w.event = fact(
        Event,
        "E26",
        w.dataset,
        name="A forum by the sea",
        kind="meeting",
        statement="Two leaders met.",
        place="Vladivostok",
        place_country=w.russia,
    )
    EventParticipant.objects.create(event=w.event, organisation=w.almaz)
    w.ownership = fact(Ownership, "O01", w.dataset, parent=w.almaz, child=w.rosoboronexport)
    w.role = fact(Role, "R01", w.dataset, person=w.budanov, title="head of intelligence", of_country=w.india)
    for row in (w.figure, w.sanction, w.event, w.ownership, w.role):
        cite(row, w.article)
