"""What rows refer to: ids, names and pages of other records, read a part at a time as they are met."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from armsdb.lib.vocab import COMPANY_KINDS, State
from armsdb.models import CITABLE, Citation, Country, Fact, Organisation, Ownership, Person, Record, Role
from armsdb.models.base import page_address

from .reading import read

#: Records of one kind that are remembered; when there are more, all are forgotten. Facts recur little.
_MOST, _MOST_FACTS = 40_000, 2_000
#: What the address of a page needs of the rows of a kind, beside the id.
PAGE_NEEDS: Mapping[type[Record], tuple[str, ...]] = {
    Organisation: ("kind",),
    Ownership: ("child",),
    Role: ("person", "of_organisation", "of_country"),
    Citation: CITABLE,
}
#: Where a role stands, the first that there is.
_HOLDERS: tuple[type[Record], ...] = (Person, Organisation, Country)


class _Told:
    """Ids, names and pages of some records by their keys; empty for none, and for what readers are not handed."""

    def __init__(self) -> None:
        self.ids: dict[int | None, str] = {None: ""}
        self.names: dict[int | None, str] = {None: ""}
        self.pages: dict[int | None, str] = {None: ""}


class References:
    """The records that rows refer to; `site` is scheme and host of the addresses."""

    def __init__(self, site: str) -> None:
        self.site = site
        self._told: dict[type[Record], _Told] = defaultdict(_Told)

    def ids(self, kind: type[Record], keys: Sequence[int | None]) -> list[str]:
        """The ids of the records with these keys: of those that are published and may be passed on."""
        return self._texts("ids", kind, keys)

    def names(self, kind: type[Record], keys: Sequence[int | None]) -> list[str]:
        """Their names."""
        return self._texts("names", kind, keys)

    def _texts(self, what: str, kind: type[Record], keys: Sequence[int | None]) -> list[str]:
        told: dict[int | None, str] = getattr(self._told[kind], what)
        try:
            return list(map(told.__getitem__, keys))
        except KeyError:
            told = self._with(what, kind, keys)
            return list(map(told.__getitem__, keys))

    def _with(self, what: str, kind: type[Record], keys: Iterable[int | None]) -> dict[int | None, str]:
        """What is told of records of a kind, of those with these keys at least."""
        held = self._told[kind]
        if len(getattr(held, what)) > (_MOST_FACTS if issubclass(kind, Fact) else _MOST):
            held = self._told[kind] = _Told()
        told: dict[int | None, str] = getattr(held, what)
        missing = {key for key in keys if key not in told}
        told.update(dict.fromkeys(missing, ""))
        seen = _seen(kind, missing)
        if what == "pages":
            needs = PAGE_NEEDS.get(kind, ())
            found = read(kind, ("public_id", *needs), seen)
            told.update(zip(seen, self.pages(kind, found["public_id"], *(found[name] for name in needs)), strict=True))
        else:
            found = read(kind, ("public_id", "name"), seen)
            held.ids.update(zip(seen, found["public_id"], strict=True))
            held.names.update(zip(seen, found["name"], strict=True))
        return told

    def pages(self, kind: type[Record], ids: Sequence[str], *needs: Sequence[Any]) -> list[str]:
        """The addresses of the pages of rows of a kind, by their ids and what `PAGE_NEEDS` says."""
        if kind is Organisation:
            companies, others = self._under("company"), self._under("organisation")
            kinds = zip(ids, needs[0], strict=True)
            return [(companies if one in COMPANY_KINDS else others)(public_id) for public_id, one in kinds]
        if kind is Citation:
            facts: list[type[Record]] = [Citation._meta.get_field(name).related_model for name in CITABLE]  # type: ignore[misc]
            return [f"{page.partition('#')[0]}#{own}" for page, own in zip(self._first(facts, needs), ids, strict=True)]
        if kind in (Ownership, Role):
            holders = (Organisation,) if kind is Ownership else _HOLDERS
            return [f"{page}#{own}" for page, own in zip(self._first(holders, needs), ids, strict=True)]
        return list(map(self._under(kind.TYPE), ids))

    def _first(self, kinds: Sequence[type[Record]], columns: Sequence[Sequence[Any]]) -> list[str]:
        """The page of the first record that each row refers to in one of these columns."""
        pages = [self._texts("pages", kind, column) for kind, column in zip(kinds, columns, strict=True)]
        return [next(filter(None, row), "") for row in zip(*pages, strict=True)]

    def _under(self, kind: str) -> Callable[[str], str]:
        before = self.site + page_address(f"{kind}_detail", "")[:-1]
        return lambda public_id: f"{before}{public_id}/"


def _seen(kind: Any, keys: Iterable[Any]) -> list[int]:
    """Those of some keys whose records are published and may be passed on."""
    listed = list(keys)
    if issubclass(kind, Fact):
        return list(kind.objects.published().to_pass_on().filter(pk__in=listed).values_list("pk", flat=True))
    if not issubclass(kind, Record):
        return listed
    states = read(kind, ("state",), listed)["state"]
    return [key for key, state in zip(listed, states, strict=True) if state == State.PUBLISHED]
