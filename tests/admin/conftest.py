"""Who works at the desk, and on what."""

import pytest
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from armsdb import actions
from armsdb.lib.vocab import Verb
from armsdb.models import Country, DatasetVersion, Deal, ImportRun
from tests import factories
from tests.accounts import account, editor, reviewer


@pytest.fixture
def desk(db) -> Client:
    """A reviewer at the desk."""
    client = Client()
    client.force_login(reviewer())
    return client


@pytest.fixture
def editing(db) -> Client:
    """An editor at the desk."""
    client = Client()
    client.force_login(editor())
    return client


@pytest.fixture
def world(db) -> None:
    """One of everything that the desk has an address for."""
    for make in factories.MAKERS.values():
        make()
    one, other = factories.transfer(), factories.transfer("T2", dataset=factories.dataset("Other Data"))
    actions.keep_overlaps(among=[one, other], pairs=[(one, other)], reason="May be one.")
    Deal.objects.create(public_id="test-deal", name="Deal", dataset=factories.dataset())
    edition = DatasetVersion.objects.create(label="1", dataset=factories.dataset())
    ImportRun.objects.create(version=edition, file_name="rows.csv", file_sha256="0" * 64)
    somebody = account("somebody")
    country = Country.objects.get(public_id="test-testland")
    actions.propose(record=country, verb=Verb.CHANGE, user=somebody, reason="Better.", differences=[{"label": "Name"}])
    actions.give_token(name="A newsroom", per_minute=5, user=somebody)
    TOTPDevice.objects.create(user=somebody, name="authenticator")
    StaticDevice.objects.create(user=somebody, name="backup codes")
