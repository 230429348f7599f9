"""The second factor: one-time codes of a person's device, and backup codes for the day when it is lost."""

import io
import math
from base64 import b32encode
from typing import Any

import qrcode
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from qrcode.image.svg import SvgPathFillImage

#: How many backup codes a person gets.
BACKUP_CODES = 10


def is_required() -> bool:
    """Whether nobody is at the desk without a second factor."""
    return bool(settings.SECOND_FACTOR == "required")


def has_device(person: Any) -> bool:
    """Whether a person has confirmed a device; backup codes come with it and are none by themselves."""
    return TOTPDevice.objects.devices_for_user(person, confirmed=True).exists()


def backup_codes_left(person: Any) -> int:
    return StaticToken.objects.filter(device__user=person).count()


@transaction.atomic
def unconfirmed(person: Any, *, kept: int | None) -> TOTPDevice:
    """A device with a secret of its own that a person may confirm: the kept one, by its id, else a new one."""
    waiting = TOTPDevice.objects.devices_for_user(person, confirmed=False)
    device = waiting.filter(pk=kept).first()
    if device is None:
        waiting.delete()  # its secret was shown to somebody who never came back
        device = TOTPDevice.objects.create(user=person, name="authenticator", confirmed=False)
    return device


def secret(device: TOTPDevice) -> str:
    """The secret of a device as text, four letters a group, for who cannot take a picture of the code."""
    letters = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def picture(device: TOTPDevice) -> bytes:
    """The secret of a device as a QR code: an SVG that brings its own white ground."""
    drawn = io.BytesIO()
    qrcode.make(device.config_url, image_factory=SvgPathFillImage).save(drawn)
    return drawn.getvalue()


def confirm(device: TOTPDevice, code: str) -> list[str]:
    """Let a device be its person's only one, and return their new backup codes; refuse a code that is not its own."""
    _check(TOTPDevice, device.pk, _plain(code))
    with transaction.atomic():
        TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        return new_backup_codes(device.user)


@transaction.atomic
def new_backup_codes(person: Any) -> list[str]:
    """Backup codes in place of all earlier ones; each opens the desk once."""
    StaticDevice.objects.filter(user=person).delete()
    device = StaticDevice.objects.create(user=person, name="backup codes")
    codes = [StaticToken.random_token() for _ in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def device_of(person: Any, code: str) -> Any:
    """The device that a code is of: six digits are the authenticator's, all else is a backup code; else refuse."""
    code = _plain(code)
    kind = TOTPDevice if len(code) == 6 and code.isdigit() else StaticDevice
    device = kind.objects.devices_for_user(person, confirmed=True).first()
    if device is None:
        raise ValidationError(_wrong())
    return _check(kind, device.pk, code)


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def _check(kind: Any, pk: int, code: str) -> Any:
    """The device, if the code is its own; wrong ones are counted with it in the database, and soon have to wait."""
    with transaction.atomic():
        device = kind.objects.select_for_update().get(pk=pk)
        allowed, why = device.verify_is_allowed()
        verified = allowed and device.verify_token(code)
    if not allowed:
        raise ValidationError(_wait(why["locked_until"]))
    if not verified:
        raise ValidationError(_wrong())
    return device


def _wrong() -> str:
    return _("This code is wrong, was used already, or is too old. Wait for the next one.")


def _wait(until: Any) -> str:
    seconds = max(1, math.ceil((until - timezone.now()).total_seconds()))
    return ngettext(
        "Too many wrong codes. Try again in %(seconds)s second.",
        "Too many wrong codes. Try again in %(seconds)s seconds.",
        seconds,
    ) % {"seconds": seconds}
