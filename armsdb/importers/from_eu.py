"""The European Union's lists of sanctions, as tables of the annexes of a regulation.

The number of a record begins anew in each annex and is missing in places, so the key is the annex and the name. One
body stands in several annexes, under a measure each.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from armsdb.lib import dates, names
from armsdb.lib.dates import VagueDate
from armsdb.lib.vocab import AliasKind, OrganisationKind, Terms

from .base import Register
from .bodies import Body, Name, is_name, script
from .files import File
from .keyed import key_of
from .listings import Listing, SanctionList, about
from .refusals import Record, Refused
from .tables import Layout, header_of
from .who import Who

_READ = (
    "celex",
    "programkey",
    "annex",
    "measure",
    "startdate",
    "schema",
    "name",
    "alias",
    "weakalias",
    "previousname",
    "position",
    "registrationnumber",
    "inncode",
    "ogrncode",
    "leicode",
    "imonumber",
)
_UNREAD = (
    "recordid",
    "reason",
    "country",
    "nationality",
    "jurisdiction",
    "birthdate",
    "birthplace",
    "passportnumber",
    "gender",
    "appearance",
    "ethnicity",
    "fathername",
    "mothername",
    "incorporationdate",
    "legalform",
    "sector",
    "taxnumber",
    "idnumber",
    "kppcode",
    "okpocode",
    "swiftbic",
    "ticker",
    "mmsi",
    "flag",
    "address",
    "phone",
    "email",
    "website",
    "notes",
)
_LAYOUT = Layout(
    "eu",
    _READ,
    optional=frozenset(_READ) - {"celex", "annex", "measure", "startdate", "schema", "name"},
    unread=frozenset(_UNREAD),
)
_KINDS = {
    "LegalEntity": OrganisationKind.NOT_STATED,
    "Organization": OrganisationKind.NOT_STATED,
    "Company": OrganisationKind.COMPANY,
    "PublicBody": OrganisationKind.GOVERNMENT_BODY,
}
_THINGS = ("Vessel", "Asset", "Airplane")
_NUMBERS = (
    ("inn", re.compile(r"([0-9]{10}|[0-9]{12}) \((?:Tax ID/)?INN\)")),
    ("ogrn", re.compile(r"([0-9]{13}) \(OGRN\)")),
)


def recognise(file: File) -> Register:
    """The list that a file holds; FileRefused says what is wrong with one that is none."""
    header = header_of(
        file,
        _LAYOUT,
        "has no line with the columns of a list of the European Union, such as celex, annex, "
        "measure and name, among its first 40.",
    )
    return EuList(file, header)


class EuList(SanctionList):
    """An entry a row."""

    layout = _LAYOUT
    about = about(
        "eu-sanctions",
        "Sanctions of the European Union",
        ("european-union", "European Union"),
        "Texts of the Official Journal may be reused, naming the source; the terms of who made the table are not known",
        Terms.QUOTE,
        "Who and what stands in the annexes of the European Union's regulations on sanctions.",
    )
    imposer = "European Union"
    list_name = "a list of the European Union"
    left_out = (
        "Positions, registration numbers of organisations and other names are taken; reasons, birth dates and places, "
        "nationalities, passports, descriptions of people, relatives, addresses, telephones and web sites are not."
    )
    fields = (
        "celex",
        "programme",
        "annex",
        "measure",
        "date",
        "schema",
        "name",
        "aliases",
        "weak",
        "former",
        "position",
        "registration",
        "inn",
        "ogrn",
        "lei",
        "imo",
    )

    def key(self, record: Record, who: Who) -> str:
        """The regulation, the annex and the name; of a ship its number too, as many have one name."""
        return self._key(self.told(record))

    def _key(self, told: dict[str, str]) -> str:
        return key_of(told["celex"], told["annex"], names.key(told["name"]), told["imo"])

    def together(self, group: list[Record]) -> list[list[Record]]:
        return [[record] for record in group]

    def listing(self, group: Sequence[Record], warn: Callable[[int, str], None]) -> Listing:
        told = self.told(group[0])
        for name in ("celex", "annex", "measure"):
            if not told[name]:
                raise Refused(self.titles[name], "", "The cell is empty.")
        person = told["schema"] == "Person"
        if not person and told["schema"] not in (*_KINDS, *_THINGS):
            known = ", ".join(("Person", *_KINDS, *_THINGS))
            raise Refused(self.titles["schema"], told["schema"], f"A schema is one of {known}.")
        body = None
        if told["schema"] not in _THINGS:
            others = self._names(told, group[0].line, warn)
            kind = _KINDS.get(told["schema"], OrganisationKind.NOT_STATED)
            body = Body(told["name"], person, kind, others, () if person else _numbers(told))
        programme = f"{told['programme']} {told['celex']}, annex {told['annex']}".strip()
        comment = f"Described there as: {told['position']}." if person and told["position"] else ""
        if told["imo"]:
            comment = f"IMO number {told['imo']}."
        date = self._date(told)
        return Listing(self._key(told), told["name"], body, programme, date, told["measure"].lower(), comment)

    def _names(self, told: dict[str, str], line: int, warn: Callable[[int, str], None]) -> tuple[Name, ...]:
        found = []
        for column, kind in (("aliases", None), ("weak", AliasKind.WEAK), ("former", AliasKind.FORMER)):
            for text in filter(None, (part.strip() for part in told[column].split("; "))):
                if is_name(text):
                    found.append(Name(text, kind or script(text)))
                else:
                    warn(line, f"“{text[:60]}” cannot be kept as a name, and is left out.")
        return tuple(found)

    def _date(self, told: dict[str, str]) -> VagueDate | None:
        """The day since when, written 12.9.2014 or 12 March 2022; None where it is not told."""
        text = told["date"]
        for form in ("%d.%m.%Y", "%d %B %Y", "%Y-%m-%d"):
            try:
                return dates.parse(datetime.strptime(text, form).date().isoformat())
            except ValueError:
                continue
        if text:
            raise Refused(self.titles["date"], text, "It is no day such as 12.9.2014 or 12 March 2022.")
        return None


def _numbers(told: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The numbers of an organisation; one that does not say whose number it is says nothing."""
    found = [(scheme, value) for scheme, pattern in _NUMBERS for value in pattern.findall(told["registration"])]
    found += [(scheme, value) for scheme in ("inn", "ogrn", "lei") for value in told[scheme].split("; ") if value]
    return tuple(dict.fromkeys(found))
