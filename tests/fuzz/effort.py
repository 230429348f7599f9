"""How much is tried: a small share with every run of the tests, a million inputs with `make fuzz`."""

import os

from hypothesis import HealthCheck, settings

#: Inputs of parsers in all; a tenth as many questions are asked of the site.
INPUTS = int(os.environ.get("FUZZ_INPUTS", "1000"))
IS_WHOLE = INPUTS > 10_000


def tried(number: int) -> settings:
    """The settings of a test that tries so many; what a small share finds, it finds each time."""
    return settings(
        max_examples=max(number, 2),
        derandomize=not IS_WHOLE,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
