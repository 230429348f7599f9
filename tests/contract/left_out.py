"""What schemathesis does not ask: an empty value asks nothing, since forms send empty inputs along."""

from typing import Any

import schemathesis

#: What ends up as nothing behind the sign of equality.
_EMPTY: tuple[Any, ...] = ("", [""], None, [None])


@schemathesis.hook
def filter_query(_context: Any, query: dict[str, Any] | None) -> bool:
    """Whether to ask it: no enum has the empty text, and no answer refuses it."""
    return not any(value in _EMPTY for value in (query or {}).values())
