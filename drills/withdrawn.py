"""A record is corrected and withdrawn: readers see it through nginx within 5 s, and no outage brings it back."""

import argparse
import time

from .asking import Asker, Load
from .book import NEEDED, Site
from .ground import Ground, until
from .telling import Report, hold

RECORD = "articles-t44"
PAGE, ENTRY = f"/transfers/{RECORD}/", f"/api/v1/transfers/{RECORD}/"
#: Seconds within which readers see what changed.
PROMISED = 5.0
_EDIT = """
import time
from armsdb import actions
from armsdb.models import Transfer
record = Transfer.objects.get(public_id={record!r})
{verb}
print(time.time())
"""
CORRECTED = (
    "actions.put(model=Transfer, public_id=record.public_id, "
    'values={"comment": "Corrected in a drill."}, reason="A drill.")'
)
WITHDRAWN = 'actions.withdraw(record=record, reason="A drill.")'


def drill(report: Report, asked: argparse.Namespace) -> None:
    with Ground() as ground:
        site = Site(ground).on_sqlite().start()
        asker = Asker(site)
        with Load(site, (PAGE, ENTRY), asked.rate):
            time.sleep(2)
            report.promise("the record is kept", asker.ask(PAGE).status == 200)
            done = _edit(site, CORRECTED)
            until(lambda: b"Corrected in a drill." in asker.ask(PAGE).body, "the correction is seen")
            _told(report, "a correction", done)
            done = _edit(site, WITHDRAWN)
            until(lambda: {asker.ask(path).status for path in (PAGE, ENTRY)} == {410}, "both addresses answer 410")
            _told(report, "a withdrawal", done)
        time.sleep(5)
        site.stop_gunicorn()
        site.close_socket()
        for path in (PAGE, ENTRY):
            answers = [asker.ask(path).status for _ in range(20)]
            report.promise(f"an outage brings nothing back at {path}", 200 not in answers, answers)


def _edit(site: Site, verb: str) -> float:
    return float(site.inside(_EDIT.format(record=RECORD, verb=verb)))


def _told(report: Report, what: str, done: float) -> None:
    seconds = time.time() - done
    report.measure(f"seconds until {what} was seen", seconds)
    report.promise(f"{what} is seen within {PROMISED:.0f} s", seconds <= PROMISED, seconds)


if __name__ == "__main__":
    hold("withdrawn", NEEDED, drill, rate=40)
