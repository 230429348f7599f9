"""Signing in at the desk: lock-out, second factor, sessions that end."""

import itertools
import re
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from armsdb.lib.clients import client_address

PASSWORD = "correct horse battery"
INDEX = reverse("admin:index")
LOGIN = reverse("admin:login")
CODE = reverse("sign_in_code")
SET_UP = reverse("second_factor_new")
MINE = reverse("second_factor")


@pytest.fixture
def person(db) -> User:
    return User.objects.create_superuser("aung", password=PASSWORD)


@pytest.fixture
def required(settings: Any) -> None:
    settings.SECOND_FACTOR = "required"


def give_password(client: Client, password: str = PASSWORD, name: str = "aung", **extra: Any) -> Any:
    return client.post(LOGIN, {"username": name, "password": password}, **extra)


def is_in(client: Client) -> bool:
    return client.get(INDEX).status_code == 200


def code_of(device: TOTPDevice, *, step: int = 0) -> str:
    """The code that an authenticator shows now, or so many steps from now."""
    return f"{totp(device.bin_key, device.step, device.t0, device.digits, step):06d}"


@pytest.fixture
def device(person: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=person, name="authenticator", confirmed=True)


def forget_waits() -> None:
    """As if the seconds had passed that wrong codes have to wait."""
    TOTPDevice.objects.update(throttling_failure_count=0)


# Lock-out


def test_five_wrong_passwords_lock_the_account_for_this_address(person: User, client: Client) -> None:
    """Guards passwords against being guessed: after five even the right one opens nothing, for an hour."""
    for _ in range(4):
        assert give_password(client, "wrong").status_code == 200
    answer = give_password(client, "wrong")
    assert answer.status_code == 429
    assert "Too many wrong passwords for this account from your address. Try again in an hour." in answer.text
    assert answer["Retry-After"] == "3600"
    assert give_password(client).status_code == 429
    assert not is_in(client)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=61))
    assert give_password(client).status_code == 302
    assert is_in(client)


def test_a_lock_keeps_nobody_out_from_elsewhere(person: User, client: Client) -> None:
    """Guards editors against somebody who types wrong passwords only to lock them out."""
    other = User.objects.create_superuser("other", password=PASSWORD)
    for _ in range(6):
        give_password(client, "wrong", REMOTE_ADDR="198.51.100.7")
    assert give_password(client, REMOTE_ADDR="198.51.100.7").status_code == 429
    assert give_password(client, name=other.username, REMOTE_ADDR="198.51.100.7").status_code == 302
    assert give_password(Client(), REMOTE_ADDR="203.0.113.9").status_code == 302


def test_twenty_forged_addresses_count_as_one(person: User, client: Client, settings: Any) -> None:
    """Guards the lock-out against a client that writes another address into the header each time."""
    settings.PROXIES = 1
    answers = [
        give_password(client, "wrong", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, 198.51.100.7")
        for number in range(20)
    ]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429] * 16
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"198.51.100.7"}


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "192.0.2.1, 198.51.100.7", "10.0.0.1"),
        (1, "192.0.2.1, 198.51.100.7", "198.51.100.7"),
        (2, "192.0.2.1, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "198.51.100.7", "10.0.0.1"),
        (1, "", None),
        (1, "198.51.100.7, <script>", None),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
    ],
)
def test_the_client_is_counted_from_the_right(
    proxies: int, forwarded: str, expected: str | None, settings: Any
) -> None:
    """Guards against believing what stands further left than our own proxies wrote."""
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == expected


def test_no_password_and_no_code_is_kept(person: User, client: Client) -> None:
    """Guards what people type against being read in the table of failures."""
    give_password(client, "nearly correct horse")
    kept = AccessAttempt.objects.get()
    assert "horse" not in kept.post_data + kept.get_data


# Second factor


def test_a_password_alone_opens_nothing_where_a_second_factor_is_required(
    person: User, client: Client, required: None
) -> None:
    """Guards the desk against a stolen password: the account without a device is led to setting one up."""
    assert give_password(client)["Location"] == SET_UP
    assert not is_in(client)
    assert client.get(MINE).status_code == 302
    page = client.get(SET_UP)
    device = TOTPDevice.objects.get(user=person)
    assert not device.confirmed
    assert page["Cache-Control"].count("no-store") == 1
    drawn = client.get(reverse("second_factor_picture"))
    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn["Content-Security-Policy"] == page["Content-Security-Policy"]
    assert drawn.content.startswith(b"<?xml")
    assert b"style" not in drawn.content
    assert client.post(SET_UP, {"code": "000000"}).status_code == 200
    assert not is_in(client)
    forget_waits()
    shown = client.post(SET_UP, {"code": code_of(device)})
    codes = re.findall(r"<code>(\w{8})</code>", shown.text)
    assert len(codes) == 10
    assert is_in(client)
    assert not any(code in client.get(MINE).text for code in codes)


def test_the_secret_as_text_is_the_one_of_the_picture(person: User, client: Client, required: None) -> None:
    """Guards those who cannot take a picture of the code."""
    give_password(client)
    text = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get(SET_UP).text)
    assert text is not None
    assert f"secret={text[1].replace(' ', '')}&" in TOTPDevice.objects.get(user=person).config_url


def test_where_it_is_optional_a_password_is_enough_until_there_is_a_device(person: User, client: Client) -> None:
    """Guards one's own computer against ceremony, and whoever has a device against losing its use."""
    assert give_password(client)["Location"] == INDEX
    assert is_in(client)
    TOTPDevice.objects.create(user=person, name="authenticator", confirmed=True)
    assert not is_in(client)  # this session never showed a code
    assert give_password(client)["Location"] == CODE


def test_with_a_device_the_code_is_asked_for(person: User, device: TOTPDevice, client: Client) -> None:
    """Guards the second step: nobody is in between, a wrong code opens nothing, and one code opens once."""
    answer = client.post(f"{LOGIN}?next={MINE}", {"username": "aung", "password": PASSWORD, "next": MINE})
    assert answer["Location"] == CODE
    assert not is_in(client)
    assert client.get(SET_UP).status_code == 302  # or a stolen password could bring a device of its own
    wrong = client.post(CODE, {"code": "12345a"})
    assert "This code is wrong" in wrong.text
    code = code_of(device)
    spaced = f"{code[:3]} {code[3:]}"
    assert client.post(CODE, {"code": spaced})["Location"] == MINE
    assert is_in(client)
    again = Client()
    give_password(again)
    assert "This code is wrong" in again.post(CODE, {"code": code}).text
    assert not is_in(again)


def test_wrong_codes_have_to_wait_longer_and_longer(person: User, device: TOTPDevice, client: Client) -> None:
    """Guards six digits against being tried out; the count is in the database, so a new session does not help."""
    right = code_of(device)
    wrong = f"{(int(right) + 500_000) % 1_000_000:06d}"
    give_password(client)
    client.post(CODE, {"code": wrong})
    other = Client()
    give_password(other)
    assert "Too many wrong codes. Try again in 1 second." in other.post(CODE, {"code": right}).text
    TOTPDevice.objects.update(throttling_failure_count=5)
    assert re.search(r"Try again in 1[56] seconds", other.post(CODE, {"code": right}).text)
    forget_waits()
    assert other.post(CODE, {"code": right}).status_code == 302


def test_a_backup_code_opens_once(person: User, client: Client, required: None) -> None:
    """Guards those whose device is lost, and nobody who reads over their shoulder."""
    give_password(client)
    client.get(SET_UP)
    client.post(SET_UP, {"code": code_of(TOTPDevice.objects.get(user=person))})
    code = StaticToken.objects.values_list("token", flat=True)[0]
    other = Client()
    give_password(other)
    assert other.post(CODE, {"code": code.upper()}).status_code == 302
    assert is_in(other)
    assert "9 backup codes are left" in other.get(MINE).text
    third = Client()
    give_password(third)
    assert "This code is wrong" in third.post(CODE, {"code": code}).text


def test_new_backup_codes_make_the_earlier_ones_void(person: User, device: TOTPDevice, client: Client) -> None:
    """Guards against a sheet of codes that was left somewhere."""
    give_password(client)
    client.post(CODE, {"code": code_of(device)})
    first = re.findall(r"<code>(\w{8})</code>", client.post(MINE).text)
    second = re.findall(r"<code>(\w{8})</code>", client.post(MINE).text)
    assert len(first) == len(second) == 10
    assert set(StaticToken.objects.values_list("token", flat=True)) == set(second)
    assert not set(first) & set(second)


def test_another_device_takes_the_place_of_the_first(person: User, device: TOTPDevice, client: Client) -> None:
    """Guards a change of telephones: this session goes on, those opened with the old one end."""
    give_password(client)
    client.post(CODE, {"code": code_of(device)})
    old = Client()
    old.cookies["sessionid"] = client.cookies["sessionid"].value
    client.get(SET_UP)
    new = TOTPDevice.objects.get(user=person, confirmed=False)
    assert client.post(SET_UP, {"code": code_of(new)}).status_code == 200
    assert is_in(client)
    assert list(TOTPDevice.objects.filter(user=person)) == [new]


def test_a_lost_device_can_be_forgotten(person: User, device: TOTPDevice, client: Client, required: None) -> None:
    """Guards those who lost device and codes; whoever has the device still is out at once."""
    give_password(client)
    client.post(CODE, {"code": code_of(device)})
    call_command("forget_device", "aung")
    assert not is_in(client)
    assert give_password(client)["Location"] == SET_UP
    with pytest.raises(CommandError, match="Nobody signs in as nobody"):
        call_command("forget_device", "nobody")


def test_a_password_that_was_given_long_ago_has_to_be_given_again(
    person: User, device: TOTPDevice, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards a browser that was left between the two steps."""
    give_password(client)
    later = itertools.repeat(timezone.now().timestamp() + 601)
    monkeypatch.setattr("armsdb.admin.signing_in.time.time", lambda: next(later))
    assert client.get(CODE)["Location"] == LOGIN


def test_whoever_is_not_staff_gets_to_no_second_step(db, client: Client, required: None) -> None:
    """Guards the desk against accounts that are none of the desk's."""
    User.objects.create_user("reader", password=PASSWORD)
    assert give_password(client, name="reader").status_code == 200
    assert client.get(SET_UP)["Location"] == LOGIN
    assert client.get(reverse("second_factor_picture"))["Location"] == LOGIN


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org", "/\\example.org"])
def test_signing_in_leads_to_no_other_site(address: str, person: User, device: TOTPDevice, client: Client) -> None:
    """Guards against links that use our sign-in to hand people on."""
    client.post(LOGIN, {"username": "aung", "password": PASSWORD, "next": address})
    assert client.post(CODE, {"code": code_of(device)})["Location"] == INDEX


# Sessions


def test_a_session_ends_with_the_browser_and_after_eight_idle_hours(person: User, client: Client) -> None:
    """Guards a desk that was left open; each use moves the end on."""
    give_password(client)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]
    assert not cookie["expires"]
    soon = timezone.now() + timedelta(minutes=1)
    Session.objects.update(expire_date=soon)
    assert is_in(client)
    left = Session.objects.get().expire_date - timezone.now()
    assert timedelta(hours=7, minutes=59) < left <= timedelta(hours=8)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_in(client)


ROLES = {
    "group": lambda person, group: person.groups.remove(group),
    "staff": lambda person, group: User.objects.update(is_staff=False),
    "superuser": lambda person, group: User.objects.update(is_superuser=False),
    "active": lambda person, group: User.objects.update(is_active=False),
}


@pytest.mark.parametrize("role", ROLES)
def test_taking_a_role_away_ends_the_session(role: str, person: User, client: Client) -> None:
    """Guards against somebody who goes on after they were stopped; giving the role back does not revive the session."""
    group = Group.objects.create(name="test")
    person.groups.add(group)
    client.force_login(person)
    assert is_in(client)
    ROLES[role](person, group)
    assert client.get(INDEX).status_code == 302
    person.groups.add(group)
    User.objects.update(is_staff=True, is_superuser=True, is_active=True)
    assert not is_in(client)
    assert not Session.objects.exists()


def test_a_role_that_was_given_later_can_be_taken_away_too(person: User, client: Client) -> None:
    """Guards the case in which the session is older than the role."""
    group = Group.objects.create(name="test")
    client.force_login(person)
    person.groups.add(group)
    assert is_in(client)
    person.groups.remove(group)
    assert not is_in(client)


@pytest.mark.parametrize(
    "address", ["/", "/about/", "/transfers/", "/search/?q=tank", "/nowhere/", "/api/v1/transfers/"]
)
def test_pages_for_readers_do_not_look_who_is_signed_in(address: str, seeded, person: User, client: Client) -> None:
    """Guards caches and readers: the public pages are the same for all, and read neither session nor person."""
    client.force_login(person)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies
    assert [query["sql"] for query in queries if re.search("session|auth_user|otp_", query["sql"])] == []


def test_a_form_from_elsewhere_is_refused_with_a_sentence(person: User) -> None:
    """Guards against other sites that send forms in our name, and people against a page that says nothing."""
    answer = Client(enforce_csrf_checks=True).post(LOGIN, {"username": "aung", "password": PASSWORD})
    assert answer.status_code == 403
    assert "The form did not come from its page" in answer.text
