"""SIPRI's trade register in all its forms: every doubt that it expresses is kept, and nothing is made up."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from armsdb.importers import Report
from armsdb.models import Country, Organisation, Transfer

from .reading import kept_while, line, take_in


@pytest.fixture(scope="class")
def deliveries(request, django_db_setup, django_db_blocker) -> Iterator[None]:
    with kept_while(django_db_blocker):
        request.cls.report = take_in("sipri_17.csv")
        yield


@pytest.fixture(scope="class")
def deals(request, django_db_setup, django_db_blocker) -> Iterator[None]:
    with kept_while(django_db_blocker):
        request.cls.report = take_in("sipri_16.csv")
        yield


@pytest.mark.usefixtures("deliveries")
class TestDeliveries:
    """17 columns: a row for each deal and year."""

    report: Report

    def test_all_rows_are_read_and_none_is_refused(self) -> None:
        assert (self.report.read, self.report.refusals) == (12, [])
        assert self.report.counts["new"] == 10
        assert self.report.form == "sipri-17"
        assert self.report.edition == "2025-02-03"

    def test_rows_of_a_deal_are_its_deliveries(self) -> None:
        deal: Any = Transfer.objects.get(key="900003")
        parts = [(row.date.edtf, row.quantity.low, row.quantity.approximate, row.tiv) for row in deal.deliveries.all()]
        assert parts == [
            ("2003", 2, False, Decimal(20)),
            ("2004?", 3, True, Decimal(30)),
            ("2006", 1, False, Decimal(10)),
        ]
        assert deal.delivered.edtf == "{2003,2004?,2006}"
        assert (deal.quantity_delivered.low, deal.quantity_delivered.approximate) == (6, True)
        assert (deal.tiv_unit, deal.tiv_delivered, deal.local_production) == (10, 60, True)

    def test_a_hanging_dash_and_spaces_are_no_part_of_a_designation(self) -> None:
        assert Transfer.objects.get(key="900001").equipment.name == "Falcon-1"
        assert Transfer.objects.get(key="900003").equipment.name == "Heron 9"

    def test_an_engine_by_its_power_is_no_range_of_years_and_no_type(self) -> None:
        engine = Transfer.objects.get(key="900002").equipment
        assert (engine.name, engine.type_given) == ("aircraft engine 1001-2000", False)
        assert (engine.category, engine.sipri_category) == ("parts-and-sensors", "engines")

    def test_states_of_the_day_stay_themselves(self) -> None:
        deal: Any = Transfer.objects.get(key="900002")
        assert (deal.supplier.public_id, deal.recipient.public_id) == ("soviet-union", "east-germany")
        assert deal.recipient.alpha_4 == "DDDE"

    def test_a_delivery_before_its_order_is_kept_with_a_warning(self) -> None:
        deal: Any = Transfer.objects.get(key="900004")
        assert (deal.ordered.edtf, deal.delivered.edtf) == ("2017?", "2016?")
        assert any("900004" in sentence for _line, sentence in self.report.warnings)

    def test_a_mark_that_is_left_empty_is_neither_yes_nor_no(self) -> None:
        deal: Any = Transfer.objects.get(key="900005")
        delivery = deal.deliveries.get()
        assert delivery.quantity.text == "not said whether estimated"
        assert not delivery.quantity.approximate
        assert delivery.date.text == "2019 (not said whether estimated)"
        assert deal.local_production is None

    def test_no_value_and_a_value_near_nothing_are_different(self) -> None:
        assert Transfer.objects.get(key="900006").tiv_unit == 0
        assert Transfer.objects.get(key="900006").tiv_delivered == Decimal("0.64")
        assert Transfer.objects.get(key="900007").tiv_delivered == 0
        assert Transfer.objects.get(key="900008").tiv_delivered is None

    def test_groups_and_organisations_are_no_states(self) -> None:
        deal: Any = Transfer.objects.get(key="900007")
        assert (deal.supplier, deal.recipient) == (None, None)
        assert deal.supplier_organisation.name == "House of Representatives (Libya)"
        assert (deal.recipient_organisation.kind, deal.to_government) == ("armed-group", False)
        assert deal.recipient_organisation.unmatched
        assert deal.recipient_as_stated == "Darfur rebels (Sudan)*"
        union: Any = Transfer.objects.get(key="900008")
        assert union.recipient_organisation.kind == "intergovernmental-body"
        assert (union.supplier_known, union.supplier, union.supplier_organisation) == ("unknown", None, None)

    def test_nobody_becomes_a_record(self) -> None:
        deal: Any = Transfer.objects.get(key="900010")
        assert (deal.supplier_known, deal.recipient_known, deal.to_government) == ("unknown", "unknown", None)
        assert deal.recipient_as_stated == "unknown rebel group*"
        assert not Organisation.objects.filter(name__icontains="unknown").exists()

    def test_a_name_of_some_years_is_the_state_with_the_words_of_the_register(self) -> None:
        deal: Any = Transfer.objects.get(key="900009")
        assert (deal.recipient.public_id, deal.recipient_as_stated) == ("libya", "Libya GNC")
        alias = Country.objects.get(public_id="libya").aliases.get(name="Libya GNC")
        assert (alias.from_year, alias.until_year) == (2014, 2021)

    def test_conditions_are_ours(self) -> None:
        assert Transfer.objects.get(key="900001").condition == "new"
        assert Transfer.objects.get(key="900006").condition == "second-hand-modernised"

    def test_each_row_is_published_with_its_place_in_the_register(self) -> None:
        deal: Any = Transfer.objects.get(key="900001")
        citation = deal.citations.get()
        assert (deal.public_id, deal.state, deal.evidence) == ("sipri-17-900001", "published", "reported")
        assert deal.evidence_reason == "Reported by Stockholm International Peace Research Institute."
        assert (citation.locator, citation.basis, citation.source.kind) == ("ID 900001", "register", "dataset")
        assert deal.import_run.counts["new"] == 10
        assert deal.name == "Falcon-1, Brazil to Afghanistan, 2018"


@pytest.mark.usefixtures("deals")
class TestDeals:
    """16 columns: a row for each deal, with what was ordered."""

    report: Report

    def test_all_rows_are_read_and_none_is_refused(self) -> None:
        assert (self.report.read, self.report.refusals, self.report.counts["new"]) == (18, [], 18)

    def test_a_record_on_two_lines_is_one(self) -> None:
        deal = line("sipri-16", "vehicle engine", supplier__public_id="united-states")
        assert deal.comment == "Motor (275hp) for 12 Lynx APC"
        assert (deal.tiv_unit, deal.tiv_ordered, deal.tiv_delivered) == (Decimal("0.03"), Decimal("0.36"), 0)
        assert (deal.quantity_ordered.low, deal.quantity_ordered.approximate, deal.ordered.edtf) == (12, True, "2024?")
        assert (deal.quantity_delivered.low, deal.status, deal.delivered) == (0, "ordered", None)

    def test_a_number_that_is_not_known_is_not_nought(self) -> None:
        assert line("sipri-16", "Spear-148").quantity_ordered is None
        assert line("sipri-16", "Spear-148").tiv_ordered is None
        assert line("sipri-16", "Thorn-MR/LR").quantity_ordered is None
        flagged = line("sipri-16", "vehicle engine", supplier__public_id="germany").quantity_ordered
        assert (flagged.low, flagged.high, flagged.approximate) == (None, None, True)

    def test_what_is_delivered_of_an_unknown_order_has_its_own_value(self) -> None:
        deal = line("sipri-16", "Gannet")
        assert (deal.quantity_ordered, deal.tiv_ordered) == (None, None)
        assert (deal.quantity_delivered.low, deal.tiv_delivered, deal.status) == (5, 5, "delivered")

    def test_years_told_apart_are_a_set_and_their_total_is_not_divided(self) -> None:
        deal = line("sipri-16", "vehicle engine", supplier__public_id="germany")
        assert deal.delivered.edtf == "{1982..1984,1987,1989,1990}"
        assert deal.delivered.years() == [1982, 1983, 1984, 1987, 1989, 1990]
        assert [row.date.edtf for row in deal.deliveries.all()] == ["1982", "1983", "1984", "1987", "1989", "1990"]
        assert {(row.quantity, row.tiv) for row in deal.deliveries.all()} == {(None, None)}
        assert deal.tiv_delivered == Decimal("146.25")

    def test_equal_lines_are_different_deals(self) -> None:
        deals = Transfer.objects.filter(equipment__name="9LV-X").order_by("key")
        keys = [deal.key for deal in deals]
        assert len(keys) == 2
        assert keys[1] == f"{keys[0]}-2"
        assert Transfer.objects.filter(equipment__name="Sling", supplier_known="unknown").count() == 2

    def test_letters_of_windows_come_out_right(self) -> None:
        deal = line("sipri-16", "Bü-18 Möwe")
        assert deal.comment == 'Second-hand; seen at Santa Fé; a "quoted" word'

    def test_what_a_comment_says_is_not_made_into_fields(self) -> None:
        deal = line("sipri-16", "T-6 Tern")
        assert (deal.recipient.public_id, deal.comment) == ("biafra", "Sold via Portugal")
        assert line("sipri-16", "Falcon-1").value is None

    def test_a_state_in_brackets_is_no_party(self) -> None:
        for name, stated in (("Dart", "Hezbollah (Lebanon)*"), ("Sling", "FRELIMO (Portugal)*")):
            deal = line("sipri-16", name, recipient_as_stated=stated)
            assert deal.recipient is None
            assert deal.recipient_organisation.country is None
            assert deal.to_government is False

    def test_the_place_is_the_line_of_the_edition(self) -> None:
        assert line("sipri-16", "Falcon-1").citations.get().locator == "line 13, 2025-02-03"


def told(dataset: str) -> set[tuple]:
    """What the lines of a dataset tell, without what is of one file only."""
    return {
        (deal.name, deal.comment.replace("\n", " "), str(deal.quantity_ordered), deal.tiv_delivered)
        for deal in Transfer.objects.filter(dataset__public_id=dataset)
    }


def test_a_copy_that_a_spreadsheet_made_tells_the_same(seeded) -> None:
    """Guards against a mark, semicolons, quotes, line ends and padding that change what is read."""
    take_in("sipri_16.csv")
    report = take_in("sipri_16_spreadsheet.csv", dataset="copy")
    assert (report.read, report.refusals) == (18, [])
    assert told("copy") == told("sipri-16")


def test_the_older_form_has_spans_and_marks_in_columns_of_one_name(seeded) -> None:
    report = take_in("sipri_12.csv")
    assert (report.read, report.refusals, report.form) == (2, [], "sipri-12")
    gun = line("sipri-12", "NG-6 30mm")
    assert (gun.ordered.edtf, gun.delivered.edtf, gun.deliveries.count()) == ("1992?", "1995/2002", 0)
    assert (gun.quantity_ordered.approximate, gun.quantity_delivered.approximate) == (False, False)
    assert line("sipri-12", "Torch-71").quantity_delivered.approximate
    assert [number for number, _sentence in report.warnings] == [4, 5]


def test_the_text_of_a_page_is_read_by_its_paragraphs(seeded) -> None:
    report = take_in("sipri.rtf")
    assert (report.read, report.refusals, report.form, report.edition) == (5, [], "sipri-rtf", "2024-02-18")
    deals = Transfer.objects.filter(dataset__public_id="sipri-rtf").order_by("pk")
    parties = [(deal.party_name("supplier"), deal.party_name("recipient")) for deal in deals]
    assert parties == [
        ("Belarus", "Azerbaijan"),
        ("Belarus", "Azerbaijan"),
        ("Belarus", "Eritrea"),
        ("not known", "House of Representatives (Libya)"),
        ("not known", "NATO"),
    ]
    first, _second, third, open_order, in_doubt = deals
    assert (first.quantity_ordered.low, first.quantity_ordered.approximate) == (4, True)
    assert (first.ordered.edtf, first.delivered.edtf) == ("2005?", "2006/2008")
    assert first.comment == "$45 m deal; second-hand (possibly); from 'reserve'"
    assert third.delivered.edtf == "2005?"
    assert (open_order.quantity_ordered, open_order.delivered, open_order.comment) == (None, None, "AED1.6 b")
    assert (in_doubt.quantity_ordered.low, in_doubt.quantity_ordered.approximate) == (None, True)
