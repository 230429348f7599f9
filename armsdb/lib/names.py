"""Names: folded to plain letters, so that spellings of one name meet; and the tokens that search uses.

Index and query are cut by the same rule (`parts`): a word is a run of letters or a run of digits. "MiG-29", "MiG 29"
and "mig29" are all `mig 29` in the index. A query word of several parts ("mig29", "mig-29") is asked as a phrase of
its parts, so it does not meet "MiG-31, 29 aircraft". The index holds the joined forms of compounds as well, for who
leaves the hyphen out: "almazantey" meets "Almaz-Antey".
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from armsdb.lib.text import quoted

SLUG_LENGTH = 80
#: The longest run of neighbouring parts that the index also holds as one word.
JOINED_PARTS = 4

WORD = re.compile(r"[a-z0-9]+")
PART = re.compile(r"[a-z]+|[0-9]+")
#: What holds a compound together: hyphens, dot, slash, apostrophe, ampersand, or nothing between a letter and a digit.
COMPOUND = re.compile(r"[a-z0-9]+(?:[-./'&][a-z0-9]+)*")
#: U.S.A. is one word, as is U.N.
DOTTED = re.compile(r"(?<![a-z0-9.])[a-z](?:\.[a-z])+\.?(?![a-z0-9])")
#: 24,000 is one number.
THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
POSSESSIVE = re.compile(r"(?<=[a-z0-9])'s(?![a-z0-9])")
#: Names of states and bodies that English sentences give an article: by how they begin, by how they end, by an “of”.
WITH_ARTICLE = re.compile(
    r"(?:United|Soviet|Holy|European|African|Arab) |(?:Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros)$"
    r"|.* (?:Islands|Republic|Federation|Emirates|Forces?|Army|Navy|Nations|Territories|Republic \(.*\))$"
    r"|(?:[A-Z][a-z]+ )?(?:Republic|Kingdom|Union|State|States|Government|Ministry|Military government) of "
)


def fold(text: str) -> str:
    """Fold text to lower-case Latin letters and digits with single spaces: "Рособоронэкспорт" is rosoboroneksport."""
    return " ".join(WORD.findall(_plain(text)))


def key(text: str) -> str:
    """Fold without spaces: names with the same key are the same name, as MiG-29 and mig 29."""
    return "".join(WORD.findall(_plain(text)))


def slug(text: str) -> str:
    """Make a public id of a name: the folded words with hyphens, at most 80 characters, cut between words."""
    words = fold(text).replace(" ", "-")
    if not words:
        raise ValueError(f"The name {quoted(text)} has no letter or digit to make an id of.")
    if len(words) > SLUG_LENGTH:
        words = words[: SLUG_LENGTH + 1].rpartition("-")[0] or words[:SLUG_LENGTH]
    return words


def in_sentence(name: str) -> str:
    """Give a name the article that English wants inside a sentence: “from the United States”, “from Russia”."""
    return f"the {name}" if WITH_ARTICLE.match(name) else name


def parts(text: str) -> list[str]:
    """Cut text into the words that search knows, in their order: runs of letters and runs of digits."""
    return PART.findall(_searchable(text))


def compounds(text: str) -> list[tuple[str, ...]]:
    """Cut text into words and compounds, each a row of its parts: "Su-30MK jets" is (su, 30, mk), (jets)."""
    return [tuple(PART.findall(compound)) for compound in COMPOUND.findall(_searchable(text))]


def tokens(text: str) -> list[str]:
    """List what the index holds of a text: its parts in order, for phrases, then the joined forms of compounds."""
    cut, joined = cut_and_joined(text)
    return cut + joined


def cut_and_joined(text: str) -> tuple[list[str], list[str]]:
    """The words that search knows of a text, as `parts` cuts it, and the joined forms of its compounds, each once."""
    found: list[str] = []
    joined: dict[str, None] = {}
    for cut in compounds(text):
        found += cut
        joined.update(dict.fromkeys(_joins(cut)))
    return found, list(joined)


def _joins(cut: tuple[str, ...]) -> list[str]:
    """Join neighbouring parts, two to four of them, but never digits to digits: 2017-2018 is no number."""
    runs = []
    for start in range(len(cut)):
        run = cut[start]
        for part in cut[start + 1 : start + JOINED_PARTS]:
            if run[-1].isdigit() and part[0].isdigit():
                break
            run += part
            runs.append(run)
    return runs


def _searchable(text: str) -> str:
    """Fold to plain letters, keeping the marks that hold compounds together; mend dotted letters and thousands."""
    text = POSSESSIVE.sub("", _plain(text))
    text = DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    return THOUSANDS.sub("", text)


def _plain(text: str) -> str:
    """Write text in lower-case ASCII, punctuation kept."""
    if not text.isascii():
        text = "".join(map(_letters, unicodedata.normalize("NFKC", text)))
    return text.lower()


@lru_cache(maxsize=16_384)
def _letters(char: str) -> str:
    """Write one character in ASCII: letters and marks give letters alone (a soft sign nothing)."""
    if char.isascii():
        return char
    category = unicodedata.category(char)
    if category in ("Cf", "Sk"):
        return ""
    if category in ("Cc", "Cs", "So") or category[0] == "Z":
        return " "
    latin: str = anyascii(char)
    return "".join(WORD.findall(latin.lower())) if category[0] in "LM" else latin
