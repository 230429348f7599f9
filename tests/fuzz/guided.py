"""Let Atheris find inputs of parsers by the code that they reach; `make fuzz` runs it, where Atheris can be installed.

`python -m tests.fuzz.guided N` gives each parser N inputs; what breaks one is printed, and makes it end with another
status than 0. `python -m tests.fuzz.guided N KIND FOLDER` tries one, with its words in a folder.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: The longest input, in bytes, the seconds that one may take, and the megabytes.
LONGEST, SECONDS, MEGABYTES = 200, 5, 1_000


def all_of(number: int) -> int:
    """Each parser in a process of its own, which is how Atheris wants it; gives how many broke."""
    from tests.fuzz.test_values import READERS

    broke = 0
    for kind in READERS:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", __spec__.name, str(number), kind, folder]
            done = subprocess.run(command, capture_output=True, text=True)
        print(f"{kind}: {number:,} inputs, {'sound' if done.returncode == 0 else 'BROKEN'}", flush=True)
        if done.returncode:
            broke += 1
            print(done.stdout[-4_000:], done.stderr[-4_000:], sep="\n")
    return broke


def one_of(number: int, kind: str, folder: str) -> None:
    """One parser; Atheris ends the process, and leaves what it needs in a folder."""
    import atheris

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armsdb.settings")
    with atheris.instrument_imports(include=["armsdb.lib"]):
        import django

        django.setup()
        from tests.fuzz.test_values import PIECES, READERS
    read, refused = READERS[kind]
    words = Path(folder, "words")
    words.write_text("".join(map(_as_word, PIECES)))
    limits = [f"-max_len={LONGEST}", f"-timeout={SECONDS}", f"-rss_limit_mb={MEGABYTES}", f"-dict={words}"]
    atheris.Setup([sys.argv[0], f"-runs={number}", *limits], lambda data: _tried(data, read, refused))
    atheris.Fuzz()


def _as_word(text: str) -> str:
    """A line of libFuzzer's dictionary."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in text.encode(errors="surrogatepass")) + '"\n'


def _tried(data: bytes, read: Callable[[str], Any], refused: type[Exception]) -> None:
    try:
        read(data.decode(errors="surrogateescape"))
    except refused as error:
        told = str(error)
        if not 0 < len(told) < 1_000:
            raise AssertionError(told) from error


if __name__ == "__main__":
    match sys.argv[1:]:
        case [number]:
            sys.exit(min(all_of(int(number)), 1))
        case [number, kind, folder]:
            one_of(int(number), kind, folder)
        case _:
            sys.exit(__doc__)
