"""The groups of the desk and what each may do."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from armsdb.lib.roles import EDITORS, REVIEW, REVIEWERS
from armsdb.models import Proposal, kinds

from .records import PARTS

#: What is done with records, and with the rows that are part of one.
_WITH_RECORDS = ("view", "add", "change")
_WITH_PARTS = (*_WITH_RECORDS, "delete")
#: What stands beside records: seen once a transfer names it, or at once with its dataset, and then for reviewers.
#: Whether two lines tell of one delivery is for everybody at the desk to say: no line is changed by it.
_BESIDE_FOR_ALL = {
    "view_deal",
    "add_deal",
    "view_datasetversion",
    "view_importrun",
    "view_transferoverlap",
    "change_transferoverlap",
    "view_apitoken",
    "add_apitoken",
    "change_apitoken",
}
_BESIDE_FOR_REVIEWERS = {"change_deal", "add_datasetversion", "change_datasetversion"}


@transaction.atomic
def keep_groups() -> None:
    """Let editors and reviewers be groups with exactly their permissions; accounts keep their groups."""
    # Django makes permissions after each migration too, but in an order of its own.
    create_permissions(apps.get_app_config("armsdb"), verbosity=0)
    codenames = {f"{verb}_{kind._meta.model_name}" for verb in _WITH_RECORDS for kind in kinds().values()}
    parts = {model for named in PARTS.values() for model, _owner in named.values()}
    codenames |= {f"{verb}_{part._meta.model_name}" for verb in _WITH_PARTS for part in parts}
    codenames |= {f"view_{Proposal._meta.model_name}", *_BESIDE_FOR_ALL}
    for name, more in ((EDITORS, set()), (REVIEWERS, {REVIEW.partition(".")[2], *_BESIDE_FOR_REVIEWERS})):
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set(
            Permission.objects.filter(content_type__app_label="armsdb", codename__in=codenames | more)
        )
