"""`manage.py overlaps`: list which lines of different datasets may tell of the same delivery."""

import json
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from armsdb.importers.overlaps import Pair, likely_overlaps
from armsdb.models import Transfer

#: Pairs that are named together.
_CHUNK = 500


class Command(BaseCommand):
    help = "List lines of different datasets that may tell of the same delivery. Nothing is changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, help="How many to list; all of them unless told.")
        parser.add_argument("--json", action="store_true", help="One JSON object a line, for a machine.")

    def handle(self, *args: Any, **options: Any) -> None:
        limit = options["limit"]
        found = islice(likely_overlaps(), None if limit is None else max(limit, 0))
        told = 0
        while chunk := list(islice(found, _CHUNK)):
            told += len(chunk)
            for line in _lines(chunk, as_json=options["json"]):
                self.stdout.write(line)
        if not options["json"]:
            self.stdout.write(f"{told} pairs of lines may tell of one delivery each." if told else "No such pairs.")


def _lines(pairs: list[Pair], *, as_json: bool) -> list[str]:
    transfers = Transfer.objects.in_bulk({pk for pair in pairs for pk in (pair.first, pair.second)})
    lines = []
    for pair in pairs:
        first, second = transfers[pair.first], transfers[pair.second]
        if as_json:
            told = {"first": first.public_id, "second": second.public_id, "names": pair.likeness.name.lower()}
            lines.append(json.dumps(told | {"doubts": list(pair.doubts)}, ensure_ascii=False))
        else:
            doubts = f" ({'; '.join(pair.doubts)})" if pair.doubts else ""
            lines.append(f"{first.public_id} “{first}” may be {second.public_id} “{second}”{doubts}")
    return lines
