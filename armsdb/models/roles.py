"""Roles: who holds or held which post."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .base import fit_to_print, kept_history
from .facts import Fact, FactQuerySet
from .values import DateGroup, date_checks


class RoleQuerySet(FactQuerySet):
    def with_holders(self) -> Self:
        """Join who holds the post and where: what the role's address needs."""
        return self.select_related("person", "of_organisation", "of_country")

    def there(self, country: Any) -> Self:
        """Keep roles of this country or of one of its organisations."""
        return self.filter(Q(of_country=country) | Q(of_organisation__country=country))


class Role(Fact):
    """A person, or the title alone where nobody is named; of which organisation or country; when."""

    TYPE = "role"
    COLLECTION = "roles"
    WHEN = "period"

    person = models.ForeignKey(
        "armsdb.Person",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="roles",
        help_text=_("Who; empty where nobody is named."),
    )
    title = models.CharField(max_length=200, help_text=_("The post."))
    of_organisation = models.ForeignKey(
        "armsdb.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="roles",
        help_text=_("Of which organisation."),
    )
    of_country = models.ForeignKey(
        "armsdb.Country",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="roles",
        help_text=_("Of which country."),
    )
    period = DateGroup(_("While the post was held."))

    objects: ClassVar[Any] = RoleQuerySet.as_manager()
    history = kept_history()

    class Meta(Fact.Meta):
        abstract = False
        ordering = [F("period_earliest").desc(nulls_last=True), "name", "id"]
        constraints = [
            *Fact.Meta.constraints,
            *date_checks("role", "period"),
            models.CheckConstraint(
                name="role_has_place",
                condition=Q(person__isnull=False) | Q(of_organisation__isnull=False) | Q(of_country__isnull=False),
                violation_error_message=_("A role that names nobody needs its organisation or its country."),
            ),
        ]

    @property
    def of(self) -> Any:
        """The organisation or, where none is told, the country; None where the post stands alone."""
        return self.of_organisation or self.of_country

    def get_absolute_url(self) -> str:
        holder = self.person or self.of
        return f"{holder.get_absolute_url()}#{self.public_id}"

    def derive(self) -> None:
        who = self.person.name if self.person else "Not named"
        of = self.of
        self.name = fit_to_print(f"{who}, {self.title}" + (f", {of.name}" if of and of.name not in self.title else ""))
