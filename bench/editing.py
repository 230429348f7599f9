"""What one edit costs an editor, and what it would cost if nothing were kept: index, data version, log of moves.

`python -m bench.editing` prints the milliseconds of both, and of reading anew in memory what one edit moved; it leaves
everything as it was.
"""

import json
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from unittest.mock import patch

from bench.loading import set_up

_TIMES = 20


@contextmanager
def _nothing_kept() -> Iterator[None]:
    """Let edits write the record and its history alone."""
    from armsdb.actions import saving

    with (
        patch.object(saving.search, "index"),
        patch.object(saving, "_move_data_version", return_value=(0, None)),
        patch.object(saving, "_tell_moves"),
    ):
        yield


def main() -> None:
    """Change the comment of some lines, one at a time, as the desk does, and take all of it back."""
    set_up()
    from django.db import transaction

    from armsdb import actions
    from armsdb.models import Transfer
    from armsdb.models.columns import columns

    lines = list(Transfer.objects.published().order_by("pk").values_list("public_id", flat=True)[:_TIMES])
    times: dict[str, list[float]] = {"edit": [], "bare": [], "renewal": []}
    for public_id in lines:
        for name, way in (("edit", nullcontext), ("bare", _nothing_kept)):
            with transaction.atomic(), way():
                began = time.perf_counter()
                actions.put(
                    model=Transfer, public_id=public_id, values={"comment": "Another comment."}, reason="To measure it."
                )
                times[name].append(1000 * (time.perf_counter() - began))
                transaction.set_rollback(True)
    columns()
    for public_id in lines[:5]:
        with transaction.atomic():
            actions.put(model=Transfer, public_id=public_id, values={"comment": "Another."}, reason="To measure it.")
            began = time.perf_counter()
            columns()
            times["renewal"].append(1000 * (time.perf_counter() - began))
            transaction.set_rollback(True)
        columns()
    print(json.dumps({name: round(statistics.median(found), 3) for name, found in times.items()}))


if __name__ == "__main__":
    main()
