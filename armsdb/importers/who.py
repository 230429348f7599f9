"""Who is who: the names of a register, and the records of states, organisations and equipment that they mean.

States and bodies go by the tables in `names/`, then by the names that the records have, whole and exact. A state that
has no record yet is made from the table; a group or a designation that nobody knows is a new record, marked as not yet
matched. A name without a mark that nobody knows is refused: it may be misspelt.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from armsdb import actions
from armsdb.lib import names
from armsdb.lib.vocab import AliasKind, Category, Known, OrganisationKind, SipriCategory
from armsdb.models import Country, Equipment, Organisation, Person

from .bodies import Bodies
from .files import FileRefused
from .pieces import Pieces

TABLES = Path(__file__).parent / "names"
#: What a register calls a side that it does not know.
UNKNOWN = re.compile(r"unknown (supplier|recipient|rebel group|country|government)s?(\(s\))?\**", re.IGNORECASE)
#: A name that holds for some years only: "Libya GNC [2014-2021]".
_PERIOD = re.compile(r"(?P<name>.+?) \[(?P<first>[0-9]{4})-(?P<last>[0-9]{4})\]")


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a transfer as its fields hold it; `normal` is the same for every spelling."""

    normal: str
    known: Known
    country: Country | None = None
    organisation: Organisation | None = None
    stated: str = ""

    def values(self, side: str) -> dict[str, Any]:
        """The fields of one side of a transfer."""
        return {
            side: self.country,
            f"{side}_organisation": self.organisation,
            f"{side}_known": self.known,
            f"{side}_as_stated": self.stated,
        }


class UnknownName(ValueError):
    """A name that no table and no record knows, with the nearest that one does."""

    def __init__(self, name: str, nearest: str) -> None:
        super().__init__(name)
        self.name = name
        self.nearest = nearest


def table(name: str) -> list[dict[str, str]]:
    """The rows of one of the tables in `names/`."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


class Who:
    """The records that names mean, made where they are missing; all that was made is there after `write`."""

    def __init__(self, *, reason: str, names: Path | None = None) -> None:
        by: dict[str, Any] = {"reason": reason}
        self._countries = actions.Maker(Country, **by)
        self._organisations = actions.Maker(Organisation, **by)
        self._equipment = actions.Maker(Equipment, **by)
        self._people = actions.Maker(Person, **by)
        self._states: dict[str, Country | dict[str, str]] = {}
        self._bodies: dict[str, Organisation | dict[str, str]] = {}
        self._periods: set[str] = set()
        self._parties: dict[str, Party] = {}
        self._pieces = Pieces(self._equipment)
        self._read_states()
        self._read_bodies()
        if names is not None:
            self._read_map(names)

    def write(self) -> None:
        """Write the records that were made since the last time."""
        for maker in (self._countries, self._organisations, self._people, self._equipment):
            maker.write()
        self._pieces.written()

    @cached_property
    def bodies(self) -> Bodies:
        """The organisations and people that registers tell of by names, numbers and aliases."""
        return Bodies(organisations=self._organisations, people=self._people)

    # --- what is known

    def _read_states(self) -> None:
        records = list(Country.objects.published().prefetch_related("aliases").order_by("pk"))
        by_id = {country.public_id: country for country in records}
        by_code = {(country.alpha_2, country.alpha_4): country for country in records if country.alpha_2}
        for country in records:
            for name in (country.name, country.public_id, *(alias.name for alias in country.aliases.all())):
                self._states.setdefault(names.key(name), country)
        for row in table("countries"):
            found = by_id.get(row["id"]) or by_code.get((row["alpha_2"], row["alpha_4"]))
            for name in _names_of(row):
                self._states[self._without_period(name)] = found or row

    def _without_period(self, name: str) -> str:
        period = _PERIOD.fullmatch(name)
        key = names.key(period["name"] if period else name)
        if period:
            self._periods.add(key)
        return key

    def _read_bodies(self) -> None:
        records = list(Organisation.objects.published().prefetch_related("aliases").order_by("pk"))
        by_id = {body.public_id: body for body in records}
        for body in records:
            for name in (body.name, *(alias.name for alias in body.aliases.all())):
                self._bodies.setdefault(names.key(name), body)
        for row in table("organisations"):
            keys = [names.key(name) for name in _names_of(row)]
            found = by_id.get(row["id"]) or next((self._bodies[key] for key in keys if key in self._bodies), None)
            for key in keys:
                self._bodies[key] = found or row

    def _read_map(self, path: Path) -> None:
        """Take names from a file of the caller's: `name,id`, where the id is that of a state or of an organisation."""
        try:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                rows = list(csv.DictReader(stream))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise FileRefused(f"{path.name} cannot be read: {error}.") from error
        if rows and not {"name", "id"} <= rows[0].keys():
            raise FileRefused(f"{path.name} needs the columns name and id.")
        for line, row in enumerate(rows, start=2):
            state = self._states.get(names.key(row["id"] or ""))
            body = Organisation.objects.published().filter(public_id=row["id"]).first()
            if state is None and body is None:
                raise FileRefused(f"{path.name}, line {line}: nothing has the id “{row['id']}”.")
            if state is not None:
                self._states[names.key(row["name"])] = state
            elif body is not None:
                self._bodies[names.key(row["name"])] = body

    # --- what a name means

    def party(self, text: str) -> Party:
        """Whom a register means by the name of a side; raise UnknownName."""
        found = self._parties.get(text)
        if found is None:
            found = self._parties[text] = self._party(" ".join(text.split()))
        return found

    def _party(self, text: str) -> Party:
        if not text:
            raise UnknownName(text, "")
        if UNKNOWN.fullmatch(text):
            return Party("unknown", Known.UNKNOWN, stated=text)
        key = names.key(text)
        if key in self._states and not text.endswith("*"):
            state = self._state(key)
            stated = text if key in self._periods else ""
            return Party(f"{state.public_id}{f'/{key}' if stated else ''}", Known.COUNTRY, state, None, stated)
        if key in self._bodies or text.endswith("*"):
            body = self._body(key, text)
            groups = body.kind == OrganisationKind.GROUP_OF_STATES
            known = Known.GROUP_OF_STATES if groups else Known.ORGANISATION
            return Party(f"organisation:{body.public_id}", known, None, body, text)
        raise UnknownName(text, self._nearest(text))

    def _nearest(self, text: str) -> str:
        close = get_close_matches(names.key(text), self._states.keys(), n=1, cutoff=0.7)
        if not close:
            return ""
        found = self._states[close[0]]
        return found["name"] if isinstance(found, dict) else found.name

    def _state(self, key: str) -> Country:
        found = self._states[key]
        if isinstance(found, dict):
            found = self._make_state(found)
        return found

    def _make_state(self, row: dict[str, str]) -> Country:
        codes: dict[str, Any] = {name: row[name] for name in ("alpha_2", "alpha_3", "alpha_4")}
        others = [_alias(name) for name in row["other names"].split("; ") if name]
        state: Country = self._countries.make(name=row["name"], public_id=row["id"], aliases=others, **codes)
        for name in _names_of(row):
            self._states[self._without_period(name)] = state
        return state

    def _body(self, key: str, text: str) -> Organisation:
        found = self._bodies.get(key)
        if isinstance(found, Organisation):
            return found
        if found is not None:
            spellings = dict.fromkeys(name.rstrip("*") for name in found["other names"].split("; ") if name)
            aliases = [_alias(name) for name in spellings if name != found["name"]]
            told: dict[str, Any] = {
                "name": found["name"],
                "public_id": found["id"],
                "kind": found["kind"],
                "aliases": aliases,
            }
            keys: Iterable[str] = map(names.key, _names_of(found))
        else:
            kind = OrganisationKind.INTERGOVERNMENTAL_BODY if text.endswith("**") else OrganisationKind.ARMED_GROUP
            told, keys = {"name": text.rstrip("* "), "kind": kind, "unmatched": True}, [key]
        body: Organisation = self._organisations.make(**told)
        self._bodies.update(dict.fromkeys(keys, body))
        return body

    def foresee(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Fetch the equipment of these designations and categories at once; rows that name it follow."""
        self._pieces.foresee(wanted)

    def equipment(self, designation: str, description: str, category: str, sipri_category: str) -> Equipment:
        """The equipment of this designation and category; one of another category is something else of that name."""
        return self._pieces.find(designation, description, category, sipri_category)


def _names_of(row: Mapping[str, str]) -> list[str]:
    return [name for name in (row["name"], row["id"], *row["other names"].split("; ")) if name]


def _alias(name: str) -> dict[str, Any]:
    period = _PERIOD.fullmatch(name)
    if period is None:
        return {"name": name, "kind": AliasKind.OTHER}
    years = {"from_year": int(period["first"]), "until_year": int(period["last"])}
    return {"name": period["name"], "kind": AliasKind.OTHER, **years}


_SIPRI_CATEGORIES = frozenset(SipriCategory.values)


class Kinds:
    """Our category and SIPRI's of what a register describes in a word or two; empty where it cannot be told."""

    def __init__(self) -> None:
        self._known = {row["description"]: row for row in table("descriptions")}

    def of(self, description: str, sipri_category: str = "") -> tuple[str, str]:
        """The category, and SIPRI's: the register's own word for it, else the one that goes with the description."""
        row = self._known.get(" ".join(description.casefold().split()), {})
        sipri = names.slug(sipri_category) if sipri_category.strip() else row.get("sipri_category", "")
        category = row.get("category", "") or {"engines": Category.PARTS_AND_SENSORS}.get(sipri, "")
        return str(category), sipri if sipri in _SIPRI_CATEGORIES else ""
