"""Whether nothing may be written: a switch that is a file, so that it is there when the database is not."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

#: What whoever wanted to write is told.
SENTENCE = "Nothing can be written now: whoever runs this site has switched it to reading alone. Try again later."


def switch() -> Path:
    """The file that is there while nothing may be written."""
    return Path(settings.VAR_DIR) / "read-only"


def is_on() -> bool:
    """Whether nothing may be written; looked up each time, so that all workers know at once."""
    return switch().exists()


def turn_on() -> None:
    """Let nothing be written from now on."""
    switch().parent.mkdir(parents=True, exist_ok=True)
    switch().write_text(datetime.now(UTC).isoformat(timespec="seconds"))


def turn_off() -> None:
    """Let writing go on."""
    switch().unlink(missing_ok=True)


def since() -> str:
    """When it was turned on; empty where it is off."""
    try:
        return switch().read_text()
    except FileNotFoundError:
        return ""
