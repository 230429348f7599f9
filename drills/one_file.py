"""The variant of a small newsroom: nginx and ArmsDB, with the database in one SQLite file."""

import argparse

from .book import NEEDED, Site
from .ground import Ground
from .one_machine import checked
from .telling import Report, hold


def drill(report: Report, _asked: argparse.Namespace) -> None:
    with Ground() as ground:
        checked(report, Site(ground).on_sqlite().start())


if __name__ == "__main__":
    hold("one_file", NEEDED, drill)
