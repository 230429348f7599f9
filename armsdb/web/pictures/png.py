"""Pictures as PNG, drawn from their SVG with the fonts of the pages."""

from threading import BoundedSemaphore

import resvg_py

from .fonts import FILES

#: Twice as large as the SVG, for paper and for narrow pixels; the highest that is drawn so large.
_ZOOM, _HIGHEST = 2, 6_000
#: A large picture takes a hundred megabytes while it is drawn, so one is drawn at a time; seconds that others wait.
_drawing, _PATIENCE = BoundedSemaphore(1), 5


class Busy(Exception):
    """Others have their pictures drawn."""


def png_of(svg: str, height: int, zoom: int = _ZOOM) -> bytes:
    """The picture as pixels; `height` is that of the SVG. Busy: too many are drawn at once."""
    if not _drawing.acquire(timeout=_PATIENCE):
        raise Busy
    try:
        return _drawn(svg, zoom if height <= _HIGHEST else 1)
    finally:
        _drawing.release()


def _drawn(svg: str, zoom: int) -> bytes:
    drawn = resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, skip_system_fonts=True, font_files=FILES)
    return bytes(drawn)
