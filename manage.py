#!/usr/bin/env python3
"""Run a command of the project: `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    """Run the command that the command line names; faulty settings are told in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armsdb.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        sys.exit(f"ArmsDB cannot start: {fault}")


if __name__ == "__main__":
    main()
