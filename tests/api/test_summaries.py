"""Totals of transfers: exact, never of two datasets together, and never more certain in time than they are told."""

from collections import Counter
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.test import Client

from armsdb import actions
from armsdb.lib.vocab import CompanyRole
from armsdb.models import Delivery, Transfer, TransferCompany
from tests import factories
from tests.importers.reading import SAMPLES

from .asking import Api

pytestmark = pytest.mark.usefixtures("registers")


@pytest.fixture
def api(db: None) -> Api:
    return Api(Client())


def test_by_supplier_and_year_it_is_the_sum_of_the_file(api: Api) -> None:
    """Ten lines of plain Python over the file give the same."""
    rows = [line.split(",") for line in (SAMPLES / "sipri_17.csv").read_text().splitlines()[12:]]
    wanted: dict[tuple[str | None, int], Decimal] = {}
    names = {"Turkiye": "turkiye", "unknown supplier(s)": None, "Libya HoR*": "house-of-representatives-libya"}
    for row in rows:
        if row[15]:
            key = (names.get(row[1], row[1].lower().replace(" ", "-")), int(row[10]))
            wanted[key] = wanted.get(key, Decimal(0)) + Decimal(row[15])
    answer = api.json("transfers/summary/?group_by=year,supplier&dataset=sipri-17")
    found = {
        (row["supplier"]["id"] if row["supplier"] else None, row["year"]): Decimal(row["tiv_delivered"])
        for row in answer["results"]
        if row["tiv_delivered"] is not None
    }
    assert found == wanted
    assert answer["group_by"] == ["year", "supplier", "dataset"]


def test_a_total_of_several_years_stands_under_their_span(api: Api) -> None:
    rows = api.json("transfers/summary/?group_by=year&dataset=sipri-16&supplier=germany")["results"]
    spans = {(row["year"], row["span"]): row for row in rows}
    assert spans[None, "{1982..1984,1987,1989,1990}"]["tiv_delivered"] == "146.25"
    assert spans[1987, None]["tiv_delivered"] is None
    assert spans[1987, None]["transfers"] == 1


def test_datasets_are_never_added_up(api: Api) -> None:
    """Guards a delivery that stands in two registers against counting twice."""
    rows = api.json("transfers/summary/?group_by=supplier&supplier=brazil")["results"]
    assert [(row["dataset"]["id"], row["tiv_delivered"], row["transfers"]) for row in rows] == [
        ("sipri-16", "27.00", 1),
        ("sipri-17", "27.00", 1),
    ]


def test_without_groups_it_is_one_row_a_dataset(api: Api) -> None:
    rows = {row["dataset"]["id"]: row for row in api.json("transfers/summary/")["results"]}
    assert set(rows) == {"articles", "sipri-16", "sipri-17"}
    total = Transfer.objects.filter(dataset__public_id="sipri-17").aggregate(total=Sum("tiv_delivered"))["total"]
    assert Decimal(rows["sipri-17"]["tiv_delivered"]) == total.quantize(Decimal("0.01"))
    assert Delivery.objects.filter(transfer__dataset__public_id="sipri-17").count() == 12
    assert rows["articles"]["tiv_delivered"] is None
    assert rows["articles"]["transfers"] == Transfer.objects.published().filter(dataset__public_id="articles").count()
    assert any(worth["currency"] == "USD" for worth in rows["articles"]["values"])


def test_who_is_not_known_is_a_group_of_its_own(api: Api) -> None:
    rows = api.json("transfers/summary/?group_by=supplier,recipient&dataset=sipri-17")["results"]
    pairs = {tuple(row[side]["id"] if row[side] else None for side in ("supplier", "recipient")) for row in rows}
    assert (None, None) in pairs
    assert (None, "african-union") in pairs


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("group_by=yeer", "group_by"),
        ("group_by=year,year", "group_by"),
        ("group_by=year,decade", "group_by"),
        ("group_by=year,supplier,recipient,category", "group_by"),
        ("suplier=x", "suplier"),
        ("page=2", "page"),
    ],
)
def test_what_is_not_understood_is_refused(api: Api, query: str, parameter: str) -> None:
    problem = api.problem(f"transfers/summary/?{query}", 400)
    assert problem["errors"][0]["parameter"] == parameter


def test_the_number_of_queries_does_not_grow(api: Api, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(40):
        api.json("transfers/summary/?group_by=year,supplier,company")


def test_a_transfer_counts_once_in_each_decade(api: Api) -> None:
    """Guards deliveries of one deal in several years of a decade against counting several times."""
    rows = api.json("transfers/summary/?group_by=decade&dataset=sipri-17")["results"]
    wanted: dict[int, set[int]] = {}
    for transfer, year in Delivery.objects.filter(transfer__dataset__public_id="sipri-17").values_list(
        "transfer", "date_earliest__year"
    ):
        wanted.setdefault(year // 10 * 10, set()).add(transfer)
    found = {row["decade"]: row["transfers"] for row in rows if row["decade"] is not None}
    assert {decade: found[decade] for decade in wanted} == {decade: len(lines) for decade, lines in wanted.items()}
    years = api.json("transfers/summary/?group_by=year&dataset=sipri-17")["results"]
    assert sum(Decimal(row["tiv_delivered"] or 0) for row in rows) == sum(
        Decimal(row["tiv_delivered"] or 0) for row in years
    )


def test_years_of_one_decade_are_no_span_of_decades(api: Api) -> None:
    rows = api.json("transfers/summary/?group_by=decade&dataset=sipri-16&supplier=germany")["results"]
    spans = {(row["decade"], row["span"]): row for row in rows}
    assert spans[None, "{1982..1984,1987,1989,1990}"]["tiv_delivered"] == "146.25"
    assert spans[1980, None]["transfers"] == 1


@pytest.mark.parametrize("name", ["evidence", "equipment"])
def test_columns_group_as_they_are(api: Api, name: str) -> None:
    rows = api.json(f"transfers/summary/?group_by={name}&dataset=articles")["results"]
    lines = Transfer.objects.published().filter(dataset__public_id="articles")
    wanted = Counter(lines.values_list(name if name == "evidence" else "equipment__public_id", flat=True))
    found = {row[name] if name == "evidence" else row[name]["id"]: row["transfers"] for row in rows}
    assert found == wanted


def test_a_company_counts_once_in_a_transfer_whatever_its_roles(api: Api) -> None:
    row = TransferCompany.objects.filter(transfer__value_low__isnull=False).first()
    assert row is not None
    other = next(role for role in CompanyRole.values if role != row.role)
    TransferCompany.objects.create(transfer=row.transfer, company=row.company, role=other)
    rows = api.json("transfers/summary/?group_by=company&dataset=articles")["results"]
    lines = Transfer.objects.published().filter(dataset__public_id="articles")
    wanted = Counter(
        company for _, company in set(lines.values_list("pk", "company_rows__company__public_id")) if company
    )
    found = {one["company"]["id"]: one for one in rows if one["company"]}
    assert {company: one["transfers"] for company, one in found.items()} == wanted
    alone = next(one for one in rows if one["company"] is None)
    assert alone["transfers"] == lines.filter(company_rows=None).count()
    worth = sum(value["transfers"] for value in found[row.company.public_id]["values"])
    assert worth == lines.exclude(value_currency="").filter(company_rows__company=row.company).distinct().count()


def test_large_sums_are_exact_to_the_hundredth(api: Api) -> None:
    """Guards amounts in won or kyat: SQLite adds decimals as floats, and large ones are cents off."""
    lines = [factories.transfer(f"T{number}") for number in range(40)]
    amounts = [Decimal("987654321987.37") + number for number in range(40)]
    for line, amount in zip(lines, amounts, strict=True):
        Transfer.objects.filter(pk=line.pk).update(value_low=amount, value_high=amount, value_currency="KRW")
    Transfer.objects.filter(pk=lines[0].pk).update(value_low=Decimal(10) ** 15, value_high=Decimal(10) ** 15)
    (row,) = api.json(f"transfers/summary/?dataset={lines[0].dataset.public_id}")["results"]
    (worth,) = row["values"]
    assert Decimal(worth["low"]) == Decimal(worth["high"]) == Decimal(10) ** 15 + sum(amounts[1:])


@pytest.mark.keeps_memory
def test_totals_are_summed_once_until_anything_changes(api: Api, django_assert_max_num_queries) -> None:
    """Other groups, questions and hosts have totals of their own; nothing is summed again for the same question."""
    path = "transfers/summary/?group_by=dataset"
    before = api.json(path)["results"]
    of_one, by_year = api.json(f"{path}&supplier=russia")["results"], api.json("transfers/summary/?group_by=year")
    assert before != of_one
    assert before != by_year["results"]
    with django_assert_max_num_queries(2):  # the versions of the data; the licences of the datasets
        assert api.json(path)["results"] == before
    elsewhere = api.ask(path, Host="localhost").json()["results"]
    assert elsewhere[0]["dataset"]["url"] != before[0]["dataset"]["url"]
    gone = Transfer.objects.published().filter(dataset__public_id=before[0]["dataset"]["id"]).last()
    assert gone is not None
    actions.withdraw(record=gone, reason="For a test.")
    assert api.json(path)["results"][0]["transfers"] == before[0]["transfers"] - 1
