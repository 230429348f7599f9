"""Reading verbs of transfers."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from armsdb.lib.vocab import CompanyRole, Verdict

from .facts import FactQuerySet
from .transfer_rows import TransferCompany, TransferOverlap

if TYPE_CHECKING:
    from .transfers import Transfer

#: The roles of companies on the side of the recipient.
RECEIVING = {CompanyRole.BUYER, CompanyRole.CONSIGNEE}


class TransferQuerySet(FactQuerySet):
    def with_parties(self) -> Self:
        """Join what a title and a row of a table show."""
        return self.select_related(
            "supplier", "recipient", "supplier_organisation", "recipient_organisation", "equipment", "dataset"
        )

    def supplied_by(self, country: Any) -> Self:
        """Keep lines whose supplier is this country; a former state's lines are not its successor's."""
        return self.filter(supplier=country)

    def received_by(self, country: Any) -> Self:
        """Keep lines whose recipient is this country, groups inside it included."""
        return self.filter(recipient=country)

    def of_organisation(self, organisation: Any) -> Self:
        """Keep lines that an organisation supplied, received, or took part in as a company."""
        parts = TransferCompany.objects.filter(company=organisation).values("transfer")
        on_a_side = Q(supplier_organisation=organisation) | Q(recipient_organisation=organisation)
        return self.filter(on_a_side | Q(pk__in=parts))

    def supplied_with(self, organisation: Any) -> Self:
        """Keep lines that an organisation supplied, made, exported, brokered or looks after."""
        return self._with(organisation, "supplier", set(CompanyRole) - RECEIVING)

    def received_with(self, organisation: Any) -> Self:
        """Keep lines that an organisation received, bought or was sent."""
        return self._with(organisation, "recipient", RECEIVING)

    def _with(self, organisation: Any, side: str, roles: set[CompanyRole]) -> Self:
        parts = TransferCompany.objects.filter(company=organisation, role__in=roles).values("transfer")
        return self.filter(Q(**{f"{side}_organisation": organisation}) | Q(pk__in=parts))

    def of_equipment(self, equipment: Any) -> Self:
        """Keep lines of this equipment or of members of its family."""
        return self.filter(Q(equipment=equipment) | Q(equipment__family=equipment))

    def arms_to_states(self) -> Self:
        """Keep lines of arms whose recipient is a government or not known: what totals are made of."""
        return self.filter(counts_as_arms=True).exclude(to_government=False)

    def not_arms(self) -> Self:
        """Keep training, services and backing, which are not arms."""
        return self.filter(counts_as_arms=False)

    def arms_to_others(self) -> Self:
        """Keep lines of arms to recipients that are no government, such as armed groups."""
        return self.filter(counts_as_arms=True, to_government=False)

    def dated(self) -> Self:
        """Keep lines with any date."""
        return self.exclude(ordered_edtf="", delivered_edtf="", talked_edtf="")

    def undated(self) -> Self:
        """Keep lines without any date."""
        return self.filter(ordered_edtf="", delivered_edtf="", talked_edtf="")

    def overlapping(self, transfer: "Transfer") -> Self:
        """Keep lines that tell, or may tell, of the same shipment as this one."""
        return self._paired(transfer, TransferOverlap.objects.told())

    def perhaps_overlapping(self, transfer: "Transfer") -> Self:
        """Keep those of them that nobody has compared with this one yet."""
        return self._paired(transfer, TransferOverlap.objects.filter(verdict=Verdict.OPEN))

    def same_delivery_as(self, transfer: "Transfer") -> Self:
        """Keep lines of which an editor found that they tell of the same delivery as this one."""
        return self._paired(transfer, TransferOverlap.objects.filter(verdict=Verdict.SAME))

    def _paired(self, transfer: "Transfer", pairs: Any) -> Self:
        pairs = pairs.order_by()
        firsts, seconds = pairs.filter(second=transfer).values("first"), pairs.filter(first=transfer).values("second")
        return self.filter(pk__in=firsts.union(seconds))

    def beside(self, transfer: "Transfer") -> Self:
        """Keep the line of which this one sends something back, and the lines that send something of this one back."""
        returned = Q(pk=transfer.returns_id) if transfer.returns_id else Q()
        return self.filter(returned | Q(returns=transfer))
