"""Names: spellings of one name meet, other names do not, and every text can be folded."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from armsdb.lib import names
from armsdb.lib.terms import parse


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Russia", "Russia"),
        ("United States", "the United States"),
        ("Soviet Union", "the Soviet Union"),
        ("Central African Republic", "the Central African Republic"),
        ("Marshall Islands", "the Marshall Islands"),
        ("States of the former Yugoslavia", "the States of the former Yugoslavia"),
        ("Military government of Myanmar", "the Military government of Myanmar"),
        ("Myanmar Air Force", "the Myanmar Air Force"),
        ("Rosoboronexport", "Rosoboronexport"),
        ("Tactical Missiles Corporation", "Tactical Missiles Corporation"),
        ("United", "United"),
    ],
)
def test_a_name_stands_in_a_sentence_as_english_has_it(name, told):
    assert names.in_sentence(name) == told


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Рособоронэкспорт", "rosoboroneksport"),
        ("СУ-30", "su 30"),
        ("Almaz-Antey", "almaz antey"),
        ("Türkiye", "turkiye"),
        ("İstanbul ve Iğdır", "istanbul ve igdir"),
        ("Bü-181 Bestmann", "bu 181 bestmann"),
        ("Santa Fé", "santa fe"),
        ("Santa Fe\u0301", "santa fe"),
        ("Cote d'Ivoire", "cote d ivoire"),
        ("Côte d’Ivoire", "cote d ivoire"),
        ("  Tactical   Missiles\tCorporation\n", "tactical missiles corporation"),
        ("Большой подъезд", "bolshoy podezd"),
        ("ＭｉＧ－２９", "mig 29"),
        ("Су\u00ad30", "su30"),
        ("\u202eMi\u200f-35", "mi 35"),
        ("Rostec™ №5", "rostectm no5"),
        ("မြန်မာ", "mrnma"),
        ("tank 😀 sights 🇲🇲", "tank sights"),
        ("NUL\x00byte", "nul byte"),
        ("\ud800", ""),
        ("…!?—", ""),
        ("", ""),
    ],
)
def test_fold(text, folded):
    """Accents, case, script, width, hyphens, invisible marks and emoji make no difference."""
    assert names.fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MiG-29", "mig29"),
        ("MiG 29", "MIG–29"),
        ("Almaz-Antey", "almaz antey"),
        ("Рособоронэкспорт", "rosoboroneksport"),
        ("Cote d'Ivoire", "Côte d’Ivoire"),
        ("U.S.A.", "USA"),
    ],
)
def test_key_makes_spellings_of_a_name_equal(one, other):
    """Whole-name equality is equality of keys."""
    assert names.key(one) == names.key(other) != ""


@pytest.mark.parametrize(("one", "other"), [("MiG-29", "MiG-29M"), ("Almaz", "Almaz-Antey"), ("Su-30", "Su-3")])
def test_key_keeps_names_apart(one, other):
    """A longer designation is another one; homonyms are not made."""
    assert names.key(one) != names.key(other)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("MiG-29", ["mig", "29", "mig29"]),
        ("mig29", ["mig", "29", "mig29"]),
        ("MiG 29", ["mig", "29"]),
        ("MiG-29 aircraft", ["mig", "29", "aircraft", "mig29"]),
        ("Su-30MK", ["su", "30", "mk", "su30", "su30mk", "30mk"]),
        ("Almaz-Antey", ["almaz", "antey", "almazantey"]),
        ("U.S.-made", ["us", "made", "usmade"]),
        ("24,000 tanks", ["24000", "tanks"]),
        ("2017-2018", ["2017", "2018"]),
        ("Myanmar's", ["myanmar"]),
        ("a a", ["a", "a"]),
        ("", []),
    ],
)
def test_tokens(text, tokens):
    """The parts come first and in order, so that phrases can be found; joined forms follow."""
    assert names.tokens(text) == tokens


# query, text in the index
MEET = [
    *(
        (query, text)
        for query in ("mig29", "mig 29", "mig-29", "MiG-29", "МиГ-29")
        for text in ("MiG-29", "MiG 29", "mig29")
    ),
    *(
        (query, "Su-30MK")
        for query in ("su30", "su 30", "Su-30", "su-30mk", "su30mk", "Su-30 MK", "СУ-30", "30MK", "mk")
    ),
    *((query, "Su-30 MK") for query in ("su30mk", "su-30mk", "su30")),
    *(
        (query, "two Mi-35 helicopters")
        for query in ("mi35", "mi-35", "mi 35", '"mi-35 helicopters"', "helicopters mi35")
    ),
    *(
        (query, "Almaz-Antey Concern")
        for query in ("almaz antey", "Almaz-Antey", "almazantey", "АЛМАЗ-АНТЕЙ", "concern")
    ),
    ("Almaz-Antey", "Almaz Antey"),
    ("almaz antey", "Алмаз-Антей"),
    ("rosoboroneksport", "Рособоронэкспорт"),
    ("Рособоронэкспорт", "Rosoboroneksport"),
    ("turkiye", "Türkiye"),
    ("usa", "U.S.A."),
    ("U.S.", "the US and others"),
    ("jf kennedy", "J.F.Kennedy"),
    ("24000", "24,000 tank sights"),
    ("24,000", "24000 tank sights"),
    ("myanmar's", "Myanmar"),
    ("myanmar", "Myanmar’s army"),
    ("cote divoire", "Côte d'Ivoire"),
    ("S-300", "S-300PMU2/S-400"),
    ("s400", "S-300PMU2/S-400"),
    ("s400", "S-300/S-400"),
    ("su-30/mig-29", "MiG-29 and Su-30"),
    ("russia/myanmar", "Myanmar to Russia"),
    ("T-72", "T-72B1"),
    ("9m119", "9M119 Svir"),
]
MEET_NOT = [
    ("mig29", "MiG-31, with 29 aircraft"),
    ("mig-29", "29 MiG aircraft"),
    ("mig2", "MiG-29"),
    ("su-3", "Su-30"),
    ("su30", "Su-300"),
    ("t7", "T-72"),
    ("mi-35", "Mi-17 and 35 others"),
    ("su30mk", "Su-30"),
    ("antey-almaz", "Almaz-Antey"),
    ("almaz", "Almazov"),
    ("20172018", "2017-2018"),
    ("24", "24,000 tank sights"),
    ("000", "24,000 tank sights"),
    ("myanmar", "Russia"),
    ("usa", "us and a"),
]


@pytest.mark.parametrize(("query", "text"), MEET)
def test_query_meets_text(query, text):
    """However a compound is written in the text and in the query, they find each other."""
    assert parse(query).matches(text)


@pytest.mark.parametrize(("query", "text"), MEET_NOT)
def test_query_does_not_meet_text(query, text):
    """The parts of a compound stand side by side and whole; nothing is found by accident."""
    assert not parse(query).matches(text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Tank sights", "tank-sights"),
        ("Su-30", "su-30"),
        ("Рособоронэкспорт", "rosoboroneksport"),
        ("a" * 100, "a" * 80),
        ("ab " * 40, "-".join(["ab"] * 27)),
        ("a" * 80 + " b", "a" * 80),
        ("--x--", "x"),
    ],
)
def test_slug(text, slug):
    """An id of lower-case words with hyphens, cut between words, never longer than 80."""
    assert names.slug(text) == slug


@pytest.mark.parametrize("text", ["", "!?", "\ud800", "\x00", "😀"])
def test_slug_is_never_empty(text):
    """Without a letter there is no id, and a sentence says so."""
    with pytest.raises(ValueError, match="no letter or digit") as caught:
        names.slug(text)
    str(caught.value).encode()


@given(st.text(st.characters(exclude_categories=[])))
@example("\ud800\udfff\x00\u200f\u202e😀")
@example("ﷺ" * 50)
@example("a.a." * 50 + "1")
def test_every_text_can_be_folded(text):
    """Only plain letters, digits and single spaces come out; folding twice changes nothing."""
    folded = names.fold(text)
    assert re.fullmatch(r"([a-z0-9]+( [a-z0-9]+)*)?", folded)
    assert names.fold(folded) == folded
    assert names.key(text) == folded.replace(" ", "")
    assert all(re.fullmatch(r"[a-z0-9]+", token) for token in names.tokens(text))
    assert names.tokens(text)[: len(names.parts(text))] == names.parts(text)


@given(st.text(st.characters(exclude_characters='-/\N{MINUS SIGN}"“”„‟«»'), max_size=60))
@example("0\x850")
@example("a\u2028b\u00a0c")
def test_every_name_finds_itself(text):
    """A name put into the search box finds its record, whatever it holds beside quotes and what excludes."""
    query = parse(text)
    assert query.is_empty or query.matches(text)
    assert query.is_empty == (names.fold(text) == "")


def test_cost_grows_with_the_text_alone():
    """Joined forms are at most three for each part, so no text can blow up the index."""
    text = "-".join(["a1"] * 10_000)
    assert len(names.tokens(text)) <= 4 * len(names.parts(text))
