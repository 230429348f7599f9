"""Files in: each format is read and mapped here, and written by the actions.

`IMPORTERS` has the registers' formats by the word that `manage.py import_register` takes; each recognises its files by
what they hold.
"""

from collections.abc import Callable

from . import (
    from_armsdb,
    from_eu,
    from_ftm,
    from_ofac,
    from_sipri,
    from_sipri_tiv,
    from_sipri_top100,
    from_uk,
    from_un,
    from_unroca,
)
from .base import Options, Register, Report, import_register
from .files import File, FileRefused
from .from_armsdb import COLUMNS
from .refusals import KEPT, Refusal, refusal_table

IMPORTERS: dict[str, Callable[[File], Register]] = {
    "armsdb": from_armsdb.recognise,
    "eu": from_eu.recognise,
    "ftm": from_ftm.recognise,
    "ofac": from_ofac.recognise,
    "sipri": from_sipri.recognise,
    "sipri-tiv": from_sipri_tiv.recognise,
    "sipri-top100": from_sipri_top100.recognise,
    "uk": from_uk.recognise,
    "un": from_un.recognise,
    "unroca": from_unroca.recognise,
}

__all__ = [
    "COLUMNS",
    "IMPORTERS",
    "KEPT",
    "File",
    "FileRefused",
    "Options",
    "Refusal",
    "Register",
    "Report",
    "import_register",
    "refusal_table",
]
