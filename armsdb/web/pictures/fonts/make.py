"""Write the vendored fonts without compression; nothing else of them changes."""

import io
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

from . import HERE, VENDORED


def plain(vendored: str) -> bytes:
    """A vendored font as TTF."""
    font = TTFont(Path(settings.BASE_DIR) / "static" / "vendor" / vendored, recalcTimestamp=False)
    font.flavor = None
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def write() -> None:
    """Make all of them anew."""
    for name, vendored in VENDORED.items():
        (HERE / name).write_bytes(plain(vendored))
