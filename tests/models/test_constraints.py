"""What no row may be: refused by the database itself, and said in plain English before."""

import inspect
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from armsdb import actions
from armsdb.lib.vocab import Known, Verb
from armsdb.models import (
    Alias,
    Citation,
    Country,
    Dataset,
    DatasetVersion,
    Delivery,
    Distinction,
    Equipment,
    Event,
    EventParticipant,
    Fact,
    Figure,
    FigureSubject,
    FormerId,
    Identifier,
    ImportRun,
    Organisation,
    Ownership,
    Person,
    Proposal,
    Record,
    Role,
    Sanction,
    SanctionImposer,
    SanctionTarget,
    SearchEntry,
    Source,
    Succession,
    Transfer,
    TransferCompany,
    TransferOverlap,
)
from armsdb.models.values import DateGroup, MoneyGroup, NumberGroup, ValueGroup
from tests import factories

Case = tuple[type[models.Model], dict[str, Any], str]

MODELS: list[type[models.Model]] = [
    model
    for model in apps.get_app_config("armsdb").get_models()
    if not model._meta.proxy and not model.__name__.startswith("Historical")
]
CHECKS = {
    check.name for model in MODELS for check in model._meta.constraints if isinstance(check, models.CheckConstraint)
}
UNIQUE = {
    check.name for model in MODELS for check in model._meta.constraints if isinstance(check, models.UniqueConstraint)
}


def groups(model: type[models.Model]) -> dict[str, ValueGroup]:
    found = {name: inspect.getattr_static(model, name, None) for name in dir(model)}
    return {name: group for name, group in found.items() if isinstance(group, ValueGroup)}


def of_values() -> dict[str, list[Case]]:
    """The cases of each value group of each table."""
    cases: dict[str, list[Case]] = {}
    for model in MODELS:
        table = model.__name__.lower()
        for name, group in groups(model).items():
            if isinstance(group, DateGroup):
                cases |= of_date(model, table, name)
            if isinstance(group, NumberGroup):
                cases |= of_number(model, table, name, money=isinstance(group, MoneyGroup))
    return cases


def of_date(model: type[models.Model], table: str, name: str) -> dict[str, list[Case]]:
    first, last = date(2022, 1, 1), date(2022, 1, 2)
    turned = {f"{name}_edtf": "2022", f"{name}_earliest": last, f"{name}_latest": first}
    words = {f"{name}_edtf": "", f"{name}_text": "soon", f"{name}_earliest": None, f"{name}_latest": None}
    bounds = {f"{name}_edtf": "", f"{name}_text": "", f"{name}_earliest": first, f"{name}_latest": last}
    unbounded = {f"{name}_edtf": "2022", f"{name}_earliest": None, f"{name}_latest": None}
    whole = f"The date “{name}” needs its EDTF text; words alone are not enough."
    return {
        f"{table}_{name}_order": [(model, turned, f"The date “{name}” ends before it begins.")],
        f"{table}_{name}_whole": [(model, columns, whole) for columns in (words, bounds, unbounded)],
    }


def of_number(model: type[models.Model], table: str, name: str, *, money: bool) -> dict[str, list[Case]]:
    currency = {f"{name}_currency": "USD"} if money else {}
    message = f"“{name}” must not be negative, nor its lower bound above its upper one."
    wrong = [(2, 1), (-1, None), (None, -1)]
    bad = [{f"{name}_low": low, f"{name}_high": high} | currency for low, high in wrong]
    cases: dict[str, list[Case]] = {f"{table}_{name}_bounds": [(model, columns, message) for columns in bad]}
    if money:
        nothing = {f"{name}_low": None, f"{name}_high": None, f"{name}_approximate": False, f"{name}_text": ""}
        wrong_sums: list[dict[str, Any]] = [
            nothing | {f"{name}_low": 1, f"{name}_currency": ""},
            nothing | {f"{name}_text": "a lot", f"{name}_currency": ""},
            nothing | {f"{name}_currency": "USD"},
            nothing | {f"{name}_currency": "", f"{name}_basis": "paid"},
        ]
        message = "A sum of money needs a currency, and a currency needs a sum."
        cases[f"{table}_{name}_currency"] = [(model, columns, message) for columns in wrong_sums]
    return cases


def of_records() -> dict[str, list[Case]]:
    """The cases of what every record and every fact has."""
    cases: dict[str, list[Case]] = {}
    for model in MODELS:
        if not issubclass(model, Record):
            continue
        table = model.__name__.lower()
        told = "A withdrawn record needs a reason, and a merged one the record that it is part of."
        states: list[dict[str, Any]] = [
            {"state": "withdrawn", "state_reason": ""},
            {"state": "merged", "merged_into": None},
            {"state": "published", "merged_into": OTHER},
        ]
        cases[f"{table}_state_told"] = [(model, columns, told) for columns in states]
        itself = {"state": "merged", "merged_into": ITSELF}
        cases[f"{table}_not_merged_into_itself"] = [(model, itself, "A record cannot be merged into itself.")]
        if issubclass(model, Fact):
            ungraded = {"state": "published", "evidence": ""}
            message = "A fact cannot be published without a supporting citation."
            cases[f"{table}_published_has_evidence"] = [(model, ungraded, message)]
    return cases


#: Stand for the row itself, and for another row of its table.
ITSELF, OTHER = object(), object()
#: Where the field itself refuses before the constraint is asked.
BLANK = {
    "citation_locator_told": {"locator": ["This field cannot be blank."]},
    "proposal_has_reason": {"reason": ["This field cannot be blank."]},
}
#: A proposal that somebody else declined without a word.
DECIDED: dict[str, Any] = {"outcome": "declined", "decided_by": User, "decided": timezone.now()}
#: Columns of an import run that the desk does not fill in.
NEVER_EMPTY = ["counts", "refusals"]
#: Stand for what the row refers to by this name.
SAME = ("first", "child", "country", "proposed_by")
SIDE = "Choose the {side}; where it is not known, say so and choose none."


def of_sides() -> dict[str, list[Case]]:
    cases: dict[str, list[Case]] = {}
    for side in ("supplier", "recipient"):
        wrong: list[dict[str, Any]] = [
            {f"{side}_known": Known.COUNTRY, side: None},
            {f"{side}_known": Known.ORGANISATION, f"{side}_organisation": None},
            {f"{side}_known": Known.GROUP_OF_STATES, f"{side}_organisation": None},
            {f"{side}_known": Known.UNKNOWN},
        ]
        message = SIDE.format(side=side)
        cases[f"transfer_{side}_known"] = [(Transfer, columns, message) for columns in wrong]
    return cases


CONCERNED = "Choose exactly one of those that can be concerned."
CASES: dict[str, list[Case]] = {
    **of_values(),
    **of_records(),
    **of_sides(),
    "transfer_not_its_own_return": [(Transfer, {"returns": ITSELF}, "A transfer does not return itself.")],
    "transferoverlap_order": [
        (TransferOverlap, {"second": "first"}, "Two different lines may overlap, the older row first.")
    ],
    "distinction_order": [
        (Distinction, {"second": 1, "first": 2}, "Two different records are told apart, the older one first.")
    ],
    "ownership_of_another": [(Ownership, {"parent": "child"}, "An organisation does not own itself.")],
    "ownership_share_at_most_whole": [(Ownership, {"share_high": 101}, "A share is at most 100 per cent.")],
    "role_has_place": [
        (
            Role,
            {"person": None, "of_organisation": None, "of_country": None},
            "A role that names nobody needs its organisation or its country.",
        )
    ],
    "figure_value_or_number": [
        (
            Figure,
            {"value_currency": "USD", "value_low": 1, "number_low": 1, "number_high": 1},
            "A figure is a sum of money or a number, not both.",
        ),
        (
            Figure,
            {"value_currency": "USD", "value_low": 1, "value_high": None, "number_low": None, "number_text": "some"},
            "A figure is a sum of money or a number, not both.",
        ),
    ],
    "equipment_not_its_own_family": [(Equipment, {"family": ITSELF}, "Equipment is not its own family.")],
    "source_not_via_itself": [(Source, {"via": ITSELF}, "A source is not known through itself.")],
    "succession_of_another": [(Succession, {"successor": "country"}, "A state does not succeed itself.")],
    "alias_of_one": [
        (Alias, {"country": None, "organisation": None}, "A name belongs to exactly one record."),
        (Alias, {"country": Country, "organisation": Organisation}, "A name belongs to exactly one record."),
    ],
    "alias_years_order": [(Alias, {"from_year": 1990, "until_year": 1989}, "The name ends before it begins.")],
    "alias_locator_has_source": [
        (Alias, {"source": None, "locator": "A1"}, "A place needs the document that it is in.")
    ],
    "identifier_of_one": [
        (Identifier, {"country": None}, "An identifier belongs to exactly one record."),
        (Identifier, {"person": Person}, "An identifier belongs to exactly one record."),
    ],
    "citation_of_one": [
        (Citation, {"transfer": None, "reported": {}}, "A citation belongs to exactly one fact."),
        (Citation, {"role": Role, "reported": {}}, "A citation belongs to exactly one fact."),
    ],
    "citation_locator_told": [(Citation, {"locator": ""}, "A citation needs the place in its source.")],
    "citation_one_teller": [
        (
            Citation,
            {"attributed_to_person": Person, "attributed_to_organisation": Organisation},
            "A person or an organisation says it, not both.",
        )
    ],
    "importrun_order": [
        (ImportRun, {"ended": timezone.now() - timedelta(days=1)}, "A run cannot end before it begins.")
    ],
    "importrun_written_or_meant": [
        (ImportRun, columns, "A run has its edition, or names the dataset that it was meant for.")
        for columns in ({"version": None}, {"meant_dataset": "articles"}, {"meant_edition": "1"})
    ],
    "proposal_has_reason": [(Proposal, {"reason": ""}, "")],
    "proposal_decided_by_somebody": [
        (Proposal, columns, "A decision has who made it and when, and what waits has neither.")
        for columns in ({"decided_by": User}, {"decided_reason": "No."}, {"outcome": "accepted"})
    ],
    "proposal_decided_by_another": [
        (Proposal, DECIDED | columns, "Nobody decides on a proposal of their own; it can be taken back.")
        for columns in ({"outcome": "accepted", "decided_by": "proposed_by"}, {"outcome": "taken-back"})
    ],
    "proposal_declined_with_reason": [
        (Proposal, DECIDED, "Who proposed it is told why it was declined: give the reason.")
    ],
    "figuresubject_of_one": [
        (FigureSubject, {"country": None}, CONCERNED),
        (FigureSubject, {"person": Person}, CONCERNED),
    ],
    "sanctionimposer_of_one": [
        (SanctionImposer, {"country": None}, CONCERNED),
        (SanctionImposer, {"organisation": Organisation}, CONCERNED),
    ],
    "sanctiontarget_of_one": [
        (SanctionTarget, {"organisation": None}, CONCERNED),
        (SanctionTarget, {"person": Person}, CONCERNED),
    ],
    "eventparticipant_of_one": [
        (EventParticipant, {"person": None}, CONCERNED),
        (EventParticipant, {"country": Country}, CONCERNED),
    ],
}


#: Which row of the seed the cases are about, where it has to be of a certain kind.
FITTING: dict[type[models.Model], dict[str, Any]] = {
    Alias: {"country__isnull": False, "source": None},
    Citation: {"transfer__public_id": "articles-t46", "locator": "B52"},
    EventParticipant: {"person__isnull": False},
    Figure: {"value_currency": "", "number_low": None, "number_approximate": False},
    FigureSubject: {"country__isnull": False},
    SanctionImposer: {"country__isnull": False},
    SanctionTarget: {"organisation__isnull": False},
}


def delivery() -> Delivery:
    row = Delivery(transfer=Transfer.objects.all()[0])
    row.date = "2022"
    row.save()
    return row


def row_of(model: type[models.Model]) -> Any:
    """A sound row of a table: of the seed, or made where the seed has none."""
    made: dict[type[models.Model], Any] = {
        Identifier: lambda: Identifier.objects.create(country=Country.objects.first(), scheme="test", value="1"),
        Delivery: delivery,
        DatasetVersion: version,
        ImportRun: lambda: ImportRun.objects.create(version=version(), file_name="a.csv", file_sha256="0" * 64),
        FormerId: lambda: FormerId.objects.create(type="country", former="a", current="b"),
        Proposal: proposal,
        Distinction: lambda: Distinction.objects.create(type="country", first=1, second=2),
    }
    if model in made:
        return made[model]()
    return model._default_manager.filter(**FITTING.get(model, {})).order_by("pk")[0]


def version() -> DatasetVersion:
    return DatasetVersion.objects.create(dataset=Dataset.objects.get(), label="1")


def proposal() -> Proposal:
    """A proposal that waits, with an account beside that of who made it."""
    edith = User.objects.create_user("edith")
    User.objects.create_user("rosa")
    return actions.propose(record=factories.country(), verb=Verb.WITHDRAW, user=edith, reason="Told twice.")


def other_of(model: type[models.Model]) -> Any:
    """Another row than `row_of`; the seed has one dataset and one ownership alone."""
    if model in (Dataset, Ownership):
        return factories.MAKERS[model]()
    return model._default_manager.order_by("pk").last()


def wrong(row: Any, columns: dict[str, Any]) -> dict[str, Any]:
    """The columns with rows in the place of what stands for them."""

    def real(value: Any) -> Any:
        if value is ITSELF:
            return row
        if value is OTHER:
            return other_of(type(row))
        if isinstance(value, type):
            return other_of(value)
        return getattr(row, value) if value in SAME and type(value) is str else value

    return {name: real(value) for name, value in columns.items()}


def test_every_check_has_a_case():
    """A constraint that is added without a case here would go untested."""
    assert set(CASES) == CHECKS


@pytest.mark.parametrize("name", sorted(CASES))
def test_check(name, db):
    """The constraint refuses each wrong row in its sentence; so does the database, whoever forgets to ask."""
    model = CASES[name][0][0]
    pk = row_of(model).pk
    model._default_manager.get(pk=pk).full_clean(exclude=NEVER_EMPTY)
    for _, columns, message in CASES[name]:
        row = model._default_manager.get(pk=pk)
        columns = wrong(row, columns)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            model._default_manager.filter(pk=pk).update(**columns)
        for column, value in columns.items():
            setattr(row, column, value)
        with pytest.raises(ValidationError) as refused:
            row.full_clean()
        assert refused.value.message_dict == BLANK.get(name, {NON_FIELD_ERRORS: [message]}), columns


#: For each uniqueness a table that has it and the sentence; the row is saved a second time.
ONCE: dict[str, tuple[type[models.Model], str]] = {
    **{
        f"{kind.__name__.lower()}_dataset_key": (kind, "The dataset has a record with this key already.")
        for kind in (Transfer, Figure, Sanction, Event, Ownership, Role)
    },
    "transfercompany_once": (TransferCompany, "The company has this role in the transfer already."),
    "transferoverlap_once": (TransferOverlap, "Transfer overlap with this First and Second already exists."),
    "distinction_once": (Distinction, "The two were told apart already."),
    "identifier_once": (Identifier, "Another record has this identifier."),
    "succession_once": (Succession, "Succession with this Country and Successor already exists."),
    "country_alpha_2": (Country, "Another present state has this code."),
    "datasetversion_once": (DatasetVersion, "Dataset version with this Dataset and Label already exists."),
    "proposal_waits_once": (
        Proposal,
        "A proposal of yours is waiting for this record; take it back before you make another.",
    ),
    "formerid_once": (FormerId, "Former id with this Type and Former already exists."),
    "searchentry_once": (SearchEntry, "Search entry with this Type and Record id already exists."),
}


def test_every_uniqueness_has_a_case():
    assert set(ONCE) == UNIQUE


@pytest.mark.parametrize("name", sorted(ONCE))
def test_uniqueness(name, db):
    """A second row is refused in the sentence, and by the database."""
    model, message = ONCE[name]
    row = Country.objects.get(public_id="russia") if model is Country else row_of(model)
    row.pk, row.id, row._state.adding = None, None, True
    if isinstance(row, Record):
        row.public_id = "test-again"
    if isinstance(row, Country):
        row.alpha_2 = "ru"
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert [text for texts in refused.value.message_dict.values() for text in texts] == [message]
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("model", factories.MAKERS)
def test_an_id_is_one_records_alone(model, db):
    """Two records of a kind never share an address."""
    first, last = row_of(model), factories.MAKERS[model]()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=first.pk).update(public_id=last.public_id)


BAD_IDS = ["Russia", "north korea", "-x", "x-", "a--b", "ä", "a/b", "", "a_b", "x\n", "a" * 121, "..", "%2e"]


@pytest.mark.parametrize("public_id", BAD_IDS)
def test_an_id_can_stand_in_an_address(public_id, db):
    row = row_of(Country)
    row.public_id = public_id
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert list(refused.value.message_dict) == ["public_id"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/", "//example.org", "x"]
)
def test_a_source_stands_on_the_web_or_nowhere(address, db):
    """Pages print these addresses as links: no other scheme may get in."""
    for column in ("url", "archived_url"):
        row = row_of(Source)
        setattr(row, column, address)
        with pytest.raises(ValidationError) as refused:
            row.full_clean()
        assert list(refused.value.message_dict) == [column]


def test_two_states_may_have_one_code_where_one_is_gone(db):
    """A code that ISO gave again belongs to the former state too."""
    row = factories.country("Test Union", alpha_2="RU", alpha_4="RUXX")
    row.full_clean()
    assert row.pk


def test_what_facts_name_cannot_be_deleted(db):
    """A source with citations, a country with transfers and their like stay: nothing published is lost."""
    made = factories.transfer(parts={"companies": [{"company": factories.organisation(), "role": "producer"}]})
    factories.role()
    named_by: list[Any] = [
        made.supplier,
        made.equipment,
        made.dataset,
        made.citations.get().source,
        factories.organisation(),
    ]
    for record in [*named_by, factories.person(), made]:
        with pytest.raises(models.ProtectedError):
            record.delete()


assert Dataset in MODELS  # the list of tables is read from the app: it must not come out empty
assert Sanction in MODELS
