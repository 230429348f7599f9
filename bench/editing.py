"""What one edit costs an editor: `python -m bench.editing` prints the milliseconds, and leaves everything as it was."""

import statistics
import time

from bench.loading import set_up

_TIMES = 20


def main() -> None:
    """Change the comment of some lines, one at a time, as the desk does, and take all of it back."""
    set_up()
    from django.db import transaction

    from armsdb import actions
    from armsdb.models import Transfer

    times = []
    for public_id in Transfer.objects.published().order_by("pk").values_list("public_id", flat=True)[:_TIMES]:
        with transaction.atomic():
            began = time.perf_counter()
            actions.put(
                model=Transfer, public_id=public_id, values={"comment": "Another comment."}, reason="To measure it."
            )
            times.append(1000 * (time.perf_counter() - began))
            transaction.set_rollback(True)
    print(f"{statistics.median(times):.3f}")


if __name__ == "__main__":
    main()
