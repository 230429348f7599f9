"""What schemathesis does not ask: an empty value asks nothing, since forms send empty inputs along."""

from typing import Any

import schemathesis


def _is_empty(value: Any) -> bool:
    """Whether it ends up as nothing behind the sign of equality, however often."""
    return all(map(_is_empty, value)) if isinstance(value, list | dict) else value in ("", None)


@schemathesis.hook
def filter_query(_context: Any, query: dict[str, Any] | None) -> bool:
    """Whether to ask it: no enum has the empty text, and no answer refuses it."""
    return not any(map(_is_empty, (query or {}).values()))
