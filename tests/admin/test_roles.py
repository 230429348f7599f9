"""Who may what at the desk: one table of role and action, asserted over every address and method that there is."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from armsdb.admin.deciding import VERBS
from armsdb.models import (
    ApiToken,
    Country,
    DatasetVersion,
    DataVersion,
    Deal,
    ImportRun,
    Proposal,
    TransferOverlap,
    kinds,
)
from tests import factories
from tests.accounts import account, editor, reviewer

pytestmark = [pytest.mark.walk, pytest.mark.any_engine]

ROLES = ("anonymous", "reader", "staff", "editor", "reviewer", "superuser")
#: What each role gets, in the order of ROLES: in, led to the sign-in, refused (403), nothing there (404).
IN, LOGIN, NO, NOTHING = "in", "login", "no", "nothing"
OUT = (LOGIN, LOGIN)
TABLE: dict[str, tuple[str, ...]] = {
    "sign in": (IN, IN, IN, IN, IN, IN),
    "enter a code without a password": (LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, LOGIN),
    "be at the desk": (*OUT, IN, IN, IN, IN),
    "ask for a reading": (NO, NO, IN, IN, IN, IN),
    "ask for what is not there": (*OUT, NOTHING, NOTHING, NOTHING, NOTHING),
    "see the kinds of record": (*OUT, NOTHING, IN, IN, IN),
    "see the kinds of account": (*OUT, NOTHING, NOTHING, NOTHING, IN),
    "look records up": (*OUT, NO, IN, IN, IN),
    "work on records": (*OUT, NO, IN, IN, IN),
    "give what readers see another id": (*OUT, NO, NO, IN, IN),
    "compare lines": (*OUT, NO, IN, IN, IN),
    "read proposals": (*OUT, NO, IN, IN, IN),
    "read deals and editions": (*OUT, NO, IN, IN, IN),
    "read imports": (*OUT, NO, IN, IN, IN),
    "note a deal": (*OUT, NO, IN, IN, IN),
    "note an edition": (*OUT, NO, NO, IN, IN),
    "give tokens": (*OUT, NO, IN, IN, IN),
    "manage accounts": (*OUT, NO, NO, NO, IN),
    "do what nobody does": (*OUT, NO, NO, NO, NO),
}
#: The addresses that are no form or list of a kind.
OTHERS = {
    "sign_in": "sign in",
    "login": "sign in",
    "sign_in_code": "enter a code without a password",
    "reading": "ask for a reading",
    "autocomplete": "look records up",
    **dict.fromkeys(
        [
            *("index", "password_change", "password_change_done", "jsi18n", "view_on_site"),
            *("second_factor", "second_factor_new", "second_factor_picture"),
        ],
        "be at the desk",
    ),
}
#: What not everybody writes who reads it.
READ_ONLY = {"read deals and editions", "read imports"}
#: What stands beside records, and what it is called to add one.
BESIDE: dict[Any, str] = {Deal: "note a deal", DatasetVersion: "note an edition"}
#: What is asked by other methods than GET and POST is asked of these kinds alone where it is dear: all have one base.
EXAMPLES = {"country", "transfer"}


def patterns(rows: Any, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address below the desk's, as it is written in the code."""
    for row in rows:
        written = prefix + str(row.pattern)
        if not isinstance(row, URLPattern):
            yield from patterns(row.url_patterns, written)
        elif written.startswith(settings.DESK_PATH):
            yield written, row


def addresses() -> Iterator[tuple[str, str, bool]]:
    """Every address with what is done there, and whether it is one of many alike."""
    for written, pattern in patterns(get_resolver().url_patterns):
        name = pattern.name
        place = written.removeprefix(settings.DESK_PATH).split("/")
        if name == "logout":
            continue  # ends the session, as it should: see below
        if name == "app_list":
            yield reverse("admin:app_list", args=["armsdb"]), "see the kinds of record", False
            yield reverse("admin:app_list", args=["auth"]), "see the kinds of account", False
        elif name == "autocomplete":
            query = "?term=test&app_label=armsdb&model_name=transfer&field_name=supplier"
            yield reverse("admin:autocomplete") + query, OTHERS[name], False
        elif name == "view_on_site":
            country = ContentType.objects.get_for_model(Country)
            key = Country.objects.filter(public_id="test-testland").values_list("pk", flat=True).get()
            yield reverse("admin:view_on_site", args=[country.pk, key]), OTHERS[name], False
        elif name in OTHERS:
            yield f"/{written}", OTHERS[name], False
        elif "url" in written:
            yield f"/{settings.DESK_PATH}nowhere/", "ask for what is not there", False
        else:
            model = apps.get_model(place[0], place[1])
            key = model._default_manager.order_by("pk").values_list("pk", flat=True)[0]
            path = f"/{settings.DESK_PATH}{place[0]}/{place[1]}/"
            rest = [str(key) if part.startswith("<") else part for part in place[2:]]
            verb = (place[-2] if place[-2] != place[1] else "list") if name else "lead on"
            query = f"?id={key}" if verb in VERBS else ""
            yield path + "/".join(rest) + query, done_at(model, verb), place[1] not in EXAMPLES and model in all_kinds()


def all_kinds() -> set[Any]:
    return set(kinds().values())


def done_at(model: Any, verb: str) -> str:
    """What somebody does who asks an address of a kind."""
    if verb == "lead on":  # to the form, which asks who it is
        return "be at the desk"
    never = {"delete"} if model in {*all_kinds(), *BESIDE, User, ApiToken} else set()
    never |= {"add", "delete"} if model in {Proposal, ImportRun, TransferOverlap} else set()
    never |= {"config", "qrcode"} if model is TOTPDevice else set()
    if verb in never:
        return "do what nobody does"
    if model in all_kinds():
        return "give what readers see another id" if verb == "rename" else "work on records"
    if model is TransferOverlap:
        return "compare lines"
    if model in BESIDE:
        return BESIDE[model] if verb == "add" else "read deals and editions"
    read = {Proposal: "read proposals", ImportRun: "read imports", ApiToken: "give tokens"}
    return read.get(model, "manage accounts")


def client_of(role: str) -> Client:
    client = Client()
    makers: dict[str, Any] = {
        "reader": lambda: account("reader", staff=False),
        "staff": lambda: account("staff"),
        "editor": editor,
        "reviewer": reviewer,
        "superuser": lambda: User.objects.create_superuser("root"),
    }
    if role in makers:
        client.force_login(makers[role]())
    return client


def outcome(answer: Any) -> str:
    if answer.status_code == 302 and answer["Location"].partition("?")[0] == reverse("admin:login"):
        return LOGIN
    return {403: NO, 404: NOTHING}.get(answer.status_code, IN)


def is_as_told(answer: Any, method: str, action: str, expected: str) -> bool:
    """Whether an answer is the one of the table; a method that is not offered, or only tells methods, gives nothing."""
    if answer.status_code == 405 or (method == "OPTIONS" and not answer.content):
        return True
    found = outcome(answer)
    return answer.status_code < 500 and (found == expected or (action in READ_ONLY and (method, found) == ("POST", NO)))


def traces() -> list[Any]:
    """What every write leaves behind."""
    histories = [kind.history.count() for kind in kinds().values()]  # type: ignore[attr-defined]
    rows = [model._default_manager.count() for model in (User, Group, Proposal, *BESIDE, TOTPDevice, StaticDevice)]
    return [*histories, *rows, *DataVersion.objects.values_list("type", "number")]


@pytest.mark.parametrize("role", ROLES)
def test_every_address_of_the_desk_is_for_whom_the_table_says(role: str, world) -> None:
    """Guards every door at once, those too that come later: an address that the table does not know fails here."""
    client = client_of(role)
    column = ROLES.index(role)
    asked = [*addresses()]
    assert len(asked) > 100
    before = traces()
    wrong = []
    for address, action, one_of_many in asked:
        expected = TABLE[action][column]
        methods = (
            ["GET", "POST"] if one_of_many and expected == IN else ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        )
        for method in methods:
            answer = client.generic(method, address)
            if not is_as_told(answer, method, action, expected):
                wrong.append((method, address, action, expected, answer.status_code))
    assert wrong == []
    after = traces()
    own_devices = TOTPDevice.objects.filter(user__username__in=["staff", "edith", "rosa", "root"]).count()
    after[len(kinds()) + 5] -= own_devices  # begun on the page that sets one up
    assert after == before


@pytest.mark.parametrize("role", ROLES)
def test_signing_out_ends_the_session(role: str, world) -> None:
    """Guards a shared computer."""
    client = client_of(role)
    client.post(reverse("admin:logout"))
    assert outcome(client.get(reverse("admin:index"))) == LOGIN


@pytest.mark.parametrize("role", ROLES)
def test_only_the_desk_sees_previews(role: str, world) -> None:
    """Guards drafts outside the desk's own path."""
    answer = client_of(role).get(reverse("preview", args=["country", "test-testland"]))
    assert answer.status_code == (404 if role in {"anonymous", "reader"} else 200)


@pytest.mark.parametrize(
    ("role", "state"), [("staff", "published"), ("editor", "published"), ("reviewer", "withdrawn")]
)
def test_what_readers_see_is_for_reviewers_to_take_away(role: str, state: str, world) -> None:
    """Guards published records where the table above sends empty forms: an editor's word waits, staff has none."""
    record = factories.country("Lonely")
    address = f"{reverse('admin:armsdb_country_withdraw')}?id={record.pk}"
    client_of(role).post(address, {"reason": "It was none."})
    record.refresh_from_db()
    assert record.state == state
    assert Proposal.objects.filter(record_id="test-lonely").exists() == (role == "editor")
