"""Organisations of every kind; companies are those of a commercial kind."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from armsdb.lib.vocab import COMPANY_KINDS, OrganisationKind, State

from .base import Entity, EntityQuerySet, counted, kept_history, page_address
from .transfer_rows import TransferCompany
from .transfers import Transfer


class OrganisationQuerySet(EntityQuerySet):
    def companies(self) -> Self:
        """Keep the commercial kinds: companies, state conglomerates, plants."""
        return self.filter(kind__in=COMPANY_KINDS)

    def with_line_counts(self) -> Self:
        """Add `lines`, the number of published transfers in which each takes part on a side or as a company."""
        lines = Transfer.objects.published()
        received = lines.exclude(supplier_organisation=F("recipient_organisation"))
        parts = TransferCompany.objects.filter(transfer__state=State.PUBLISHED)
        for side in ("supplier", "recipient"):
            parts = parts.exclude(**{f"transfer__{side}_organisation": F("company")})
        return self.annotate(
            lines=counted(lines, "supplier_organisation")
            + counted(received, "recipient_organisation")
            + counted(parts, "company", "transfer")
        )


class Organisation(Entity):
    """A body that makes, sells, gets, fights with or writes about arms."""

    TYPE = "organisation"
    COLLECTION = "organisations"

    kind = models.CharField(
        max_length=22, choices=OrganisationKind, db_index=True, help_text=_("What kind of body it is.")
    )
    country = models.ForeignKey(
        "armsdb.Country",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
        help_text=_("Where it is seated or whose it is."),
    )

    objects: ClassVar[Any] = OrganisationQuerySet.as_manager()
    history = kept_history()

    class Meta(Entity.Meta):
        abstract = False
        ordering = ["name", "id"]

    @property
    def is_company(self) -> bool:
        return self.kind in COMPANY_KINDS

    @property
    def collection(self) -> str:
        return "companies" if self.is_company else "organisations"

    def get_absolute_url(self) -> str:
        return page_address("company_detail" if self.is_company else "organisation_detail", self.public_id)


class CompanyManager(models.Manager.from_queryset(OrganisationQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> OrganisationQuerySet:
        return super().get_queryset().companies()


class Company(Organisation):
    """An organisation of a commercial kind, for reading; written as an organisation."""

    objects: ClassVar[Any] = CompanyManager()

    class Meta:
        proxy = True
        verbose_name_plural = _("companies")
