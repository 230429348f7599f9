"""Files in: each format is read and mapped here, and written by the actions.

`IMPORTERS` has the registers' formats by the word that `manage.py import_register` takes; each recognises its files by
what they hold.
"""

from collections.abc import Callable

from . import from_sipri
from .base import Options, Refusal, Register, Report, import_register
from .files import File, FileRefused

IMPORTERS: dict[str, Callable[[File], Register]] = {
    "sipri": from_sipri.recognise,
}

__all__ = ["IMPORTERS", "File", "FileRefused", "Options", "Refusal", "Register", "Report", "import_register"]
