"""The fonts of the pages without compression, for what draws PNGs and takes no woff2.

Made anew, after a new version of a font, by
`python manage.py shell -c "from armsdb.web.pictures.fonts import make; make.write()"`.
"""

from pathlib import Path

HERE = Path(__file__).parent
#: The vendored files by their names here. Of two of a family the first is taken, the other for what it lacks.
VENDORED = {
    "source-serif-4-latin.ttf": "source-serif-4-5.3.1/source-serif-4-latin-wght-normal.woff2",
    "ibm-plex-sans-latin.ttf": "ibm-plex-sans-5.3.0/ibm-plex-sans-latin-wght-normal.woff2",
    "ibm-plex-sans-cyrillic.ttf": "ibm-plex-sans-5.3.0/ibm-plex-sans-cyrillic-wght-normal.woff2",
}
FILES = [str(HERE / name) for name in VENDORED]
