"""The types that names are matched with, and the properties by which records are told apart and which can be had."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from armsdb.api.countries import CODES
from armsdb.lib import names
from armsdb.lib.vocab import Category, OrganisationKind
from armsdb.models import Country, Equipment, Identifier, Organisation, Person

COMPANY = "company"
MODELS: Mapping[str, type[Any]] = {kind.TYPE: kind for kind in (Country, Organisation, Person, Equipment)}
TYPES: Mapping[str, Promise] = {
    Country.TYPE: _("Country"),
    Organisation.TYPE: _("Organisation"),
    COMPANY: _("Company"),
    Person.TYPE: _("Person"),
    Equipment.TYPE: _("Equipment"),
}


def types_of(record: Any) -> list[str]:
    """The types of a record, the narrowest first."""
    return [COMPANY, Organisation.TYPE] if getattr(record, "is_company", False) else [record.TYPE]


def entity_id(record: Any) -> str:
    """The id of a record among all that can be matched: ids are one's own within a type only."""
    return f"{record.TYPE}:{record.public_id}"


def read_id(text: str) -> tuple[str, str] | None:
    """The type and the public id that an entity's id names; None where it is none."""
    kind, _colon, public_id = text.partition(":")
    return (kind, public_id) if kind in MODELS and public_id.isprintable() and 0 < len(public_id) <= 120 else None


def read_many(ids: Iterable[str]) -> dict[str, Any]:
    """The published records with these ids, with what properties tell of them; at most three queries a type."""
    wanted: dict[str, dict[str, str]] = {}
    for each in ids:
        if (named := read_id(each)) is not None:
            wanted.setdefault(named[0], {})[named[1]] = each
    found = {}
    for kind, of_kind in wanted.items():
        for record in _rows(kind).filter(public_id__in=of_kind):
            found[of_kind[record.public_id]] = record
    return found


def read_by_keys(kind: str, keys: Iterable[int]) -> dict[int, Any]:
    """The published records of a type with these keys."""
    found: dict[int, Any] = _rows(kind).in_bulk(list(keys))
    return found


def _rows(kind: str) -> Any:
    rows = MODELS[kind].objects.published().prefetch_related("aliases", "identifiers")
    return rows.select_related("country").prefetch_related("country__aliases") if kind == Organisation.TYPE else rows


@dataclass(frozen=True)
class Property:
    """What is told of records: `read` gives the values, `means` whether what somebody gives is one of them.

    One that `identifies` leads to its record by itself.
    """

    name: Any
    description: Any
    types: tuple[str, ...]
    read: Callable[[Any], list[Any]]
    means: Callable[[str, Any], bool] | None = None
    identifies: bool = False

    def is_of(self, type_: str) -> bool:
        return type_ in self.types or (type_ == COMPANY and Organisation.TYPE in self.types)


def _same_text(given: str, value: Any) -> bool:
    return given.strip().casefold() == str(value).casefold()


def _same_word(given: str, value: Any) -> bool:
    """Whether a word of a vocabulary is given, or its label."""
    return names.key(given) in (names.key(str(value)), names.key(str(getattr(value, "label", value))))


def _same_country(given: str, value: Country) -> bool:
    """Whether a country is given by its id, a code, or any of its names."""
    codes = [value.alpha_2, value.alpha_3, value.alpha_4, value.public_id, f"{value.TYPE}:{value.public_id}"]
    known = {value.name_key, *(alias.name_key for alias in value.aliases.all())}
    return given.strip().casefold() in (code.casefold() for code in codes if code) or names.key(given) in known


def _same_identifier(given: str, value: str) -> bool:
    """Whether an identifier is given, with its scheme before a colon or without."""
    return given.strip().casefold() in (value.casefold(), value.partition(":")[2].casefold())


def identifiers_of(record: Any) -> list[str]:
    """The identifiers that others gave to a record: scheme, colon, value."""
    codes = [f"{scheme}:{getattr(record, column)}" for column, scheme in CODES.items() if getattr(record, column, "")]
    return codes + [f"{row.scheme}:{row.value}" for row in record.identifiers.all()]


def _filled(*values: Any) -> list[Any]:
    return [value for value in values if value]


def _country_of(record: Any) -> list[Any]:
    country = record.country
    return [country] if country and country.is_published else []


_ALL = tuple(MODELS)
#: Every property, by its id.
PROPERTIES: Mapping[str, Property] = {
    "id": Property(
        _("Id"),
        _("The public id, as in addresses of pages and of the API."),
        _ALL,
        lambda record: [record.public_id],
        _same_text,
        identifies=True,
    ),
    "name": Property(_("Name"), _("The name that the record goes by."), _ALL, lambda record: [record.name]),
    "other-names": Property(
        _("Other names"),
        _("Names by which it is known besides."),
        _ALL,
        lambda record: [alias.name for alias in record.aliases.all()],
    ),
    "identifier": Property(
        _("Identifier"),
        _("What others call it by, such as wikidata, lei, imo; with the scheme and a colon before it, or without."),
        _ALL,
        identifiers_of,
        _same_identifier,
        identifies=True,
    ),
    "alpha-2": Property(
        _("ISO 3166-1 alpha-2"),
        _("The code of two letters."),
        (Country.TYPE,),
        lambda record: _filled(record.alpha_2),
        _same_text,
        identifies=True,
    ),
    "alpha-3": Property(
        _("ISO 3166-1 alpha-3"),
        _("The code of three letters."),
        (Country.TYPE,),
        lambda record: _filled(record.alpha_3),
        _same_text,
        identifies=True,
    ),
    "country": Property(
        _("Country"),
        _("Where an organisation is seated or whose it is: an id, an ISO 3166 code or any name."),
        (Organisation.TYPE,),
        _country_of,
        _same_country,
    ),
    "kind": Property(
        _("Kind"),
        _("What kind of organisation it is, as a word of the vocabulary."),
        (Organisation.TYPE,),
        lambda record: [OrganisationKind(record.kind)],
        _same_word,
    ),
    "category": Property(
        _("Category"),
        _("Category of the UN Register of Conventional Arms, or ours, as a word of the vocabulary."),
        (Equipment.TYPE,),
        lambda record: _filled(record.category and Category(record.category)),
        _same_word,
    ),
    "summary": Property(_("Summary"), _("What it is, in our words."), _ALL, lambda record: _filled(record.summary)),
    "url": Property(_("API"), _("Its address in the API."), _ALL, lambda record: [record.get_api_url()]),
    "page": Property(_("Page"), _("The address of its page."), _ALL, lambda record: [record.get_absolute_url()]),
}
#: The properties whose values are addresses on this site.
ADDRESSES = ("url", "page")
#: Those by which names are told apart.
COMPARED = {name: told for name, told in PROPERTIES.items() if told.means is not None}


def identified(given: Mapping[str, list[str]], kinds: Iterable[str]) -> dict[str, set[int]]:
    """The keys, by type, of the published records that identifying properties name."""
    found: dict[str, set[int]] = {}
    for kind in kinds:
        for name, values in given.items():
            if values and PROPERTIES[name].identifies and PROPERTIES[name].is_of(kind):
                rows = MODELS[kind].objects.published()
                found.setdefault(kind, set()).update(_named(rows, kind, name, values))
    return found


def _named(rows: Any, kind: str, name: str, values: list[str]) -> Iterable[int]:
    texts = [value.strip() for value in values]
    if name == "id":
        asked = rows.filter(public_id__in=[text.lower() for text in texts])
    elif name in ("alpha-2", "alpha-3"):
        asked = rows.filter(**{f"{name.replace('-', '_')}__in": [text.upper() for text in texts]})
    else:
        plain = [part for text in texts for part in (text, text.partition(":")[2]) if part]
        asked = rows.filter(pk__in=Identifier.objects.filter(value__in=plain).exclude(**{kind: None}).values(kind))
    keys: Iterable[int] = asked.values_list("pk", flat=True)[:50]
    return keys
