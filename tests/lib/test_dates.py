"""Vague dates: what is read, how far it reaches, how it is written, and that nothing hostile gets further."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import product
from time import perf_counter

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import example, given, settings
from hypothesis import strategies as st

from armsdb.lib import dates
from armsdb.lib.dates import QUALIFIER, DateError, VagueDate, parse, sort_key

# EDTF, earliest, latest, precision, in words, in a narrow column
READ = [
    ("2019", "2019-01-01", "2019-12-31", "year", "2019", "2019"),
    ("2021-02", "2021-02-01", "2021-02-28", "month", "February 2021", "Feb 2021"),
    ("2020-02", "2020-02-01", "2020-02-29", "month", "February 2020", "Feb 2020"),
    ("2022-03-26", "2022-03-26", "2022-03-26", "day", "26 March 2022", "26 Mar 2022"),
    ("2024-02-29", "2024-02-29", "2024-02-29", "day", "29 February 2024", "29 Feb 2024"),
    ("1000", "1000-01-01", "1000-12-31", "year", "1000", "1000"),
    ("2999-12-31", "2999-12-31", "2999-12-31", "day", "31 December 2999", "31 Dec 2999"),
    # not told apart: ~ ? % leave the bounds as they are
    ("2023~", "2023-01-01", "2023-12-31", "year", "about 2023", "~2023"),
    ("~2023", "2023-01-01", "2023-12-31", "year", "about 2023", "~2023"),
    ("2001?", "2001-01-01", "2001-12-31", "year", "2001 (uncertain)", "2001?"),
    ("2001%", "2001-01-01", "2001-12-31", "year", "about 2001 (uncertain)", "~2001?"),
    ("2021-02~", "2021-02-01", "2021-02-28", "month", "about February 2021", "~Feb 2021"),
    ("2021-?02", "2021-02-01", "2021-02-28", "month", "February 2021 (uncertain)", "Feb 2021?"),
    ("2004-06~-11", "2004-06-11", "2004-06-11", "day", "about 11 June 2004", "~11 Jun 2004"),
    # digits and parts left open
    ("200X", "2000-01-01", "2009-12-31", "decade", "2000s", "2000s"),
    ("199X", "1990-01-01", "1999-12-31", "decade", "1990s", "1990s"),
    ("199X~", "1990-01-01", "1999-12-31", "decade", "about 1990s", "~1990s"),
    ("2000/2009", "2000-01-01", "2009-12-31", "decade", "2000s", "2000s"),
    ("19XX", "1900-01-01", "1999-12-31", "century", "1900 to 1999", "1900–1999"),
    ("2019-XX", "2019-01-01", "2019-12-31", "year", "2019", "2019"),
    ("2019-XX-XX", "2019-01-01", "2019-12-31", "year", "2019", "2019"),
    ("2019-02-XX", "2019-02-01", "2019-02-28", "month", "February 2019", "Feb 2019"),
    # intervals
    ("2013/2020", "2013-01-01", "2020-12-31", "interval", "2013 to 2020", "2013–2020"),
    ("2001/2009", "2001-01-01", "2009-12-31", "interval", "2001 to 2009", "2001–2009"),
    ("2000/2019", "2000-01-01", "2019-12-31", "interval", "2000 to 2019", "2000–2019"),
    (
        *("2021-02/2022-02", "2021-02-01", "2022-02-28", "interval"),
        *("February 2021 to February 2022", "Feb 2021 – Feb 2022"),
    ),
    (
        *("2022-02-24/2022-12", "2022-02-24", "2022-12-31", "interval"),
        *("24 February 2022 to December 2022", "24 Feb 2022 – Dec 2022"),
    ),
    ("2013~/2020?", "2013-01-01", "2020-12-31", "interval", "about 2013 to 2020 (uncertain)", "~2013–2020?"),
    ("2019/2019", "2019-01-01", "2019-12-31", "interval", "2019", "2019"),
    ("2021-02/..", "2021-02-01", None, "interval", "since February 2021", "since Feb 2021"),
    ("../2021-02", None, "2021-02-28", "interval", "up to February 2021", "up to Feb 2021"),
    ("1990~/..", "1990-01-01", None, "interval", "since about 1990", "since ~1990"),
    ("199X/..", "1990-01-01", None, "interval", "since 1990s", "since 1990s"),
    # years told apart, and one of several
    ("{2017,2019}", "2017-01-01", "2019-12-31", "set", "2017; 2019", "2017; 2019"),
    ("{2017-02,2019}", "2017-02-01", "2019-12-31", "set", "February 2017; 2019", "Feb 2017; 2019"),
    ("{2019,2017}", "2017-01-01", "2019-12-31", "set", "2019; 2017", "2019; 2017"),
    ("{1982..1990,1992}", "1982-01-01", "1992-12-31", "set", "1982 to 1990; 1992", "1982–1990; 1992"),
    ("{2017,2020..}", "2017-01-01", None, "set", "2017; since 2020", "2017; since 2020"),
    ("[2017,2019]", "2017-01-01", "2019-12-31", "set", "2017 or 2019", "2017 or 2019"),
    # parts of a year
    ("2021-21", "2021-03-01", "2021-05-31", "season", "spring 2021", "spring 2021"),
    ("2021-22~", "2021-06-01", "2021-08-31", "season", "about summer 2021", "~summer 2021"),
    (
        "2021-23/2021-24",
        "2021-09-01",
        "2022-02-28",
        "interval",
        "autumn 2021 to winter 2021",
        "autumn 2021 – winter 2021",
    ),
    ("2023-24", "2023-12-01", "2024-02-29", "season", "winter 2023", "winter 2023"),
    ("2019-35", "2019-07-01", "2019-09-30", "season", "third quarter of 2019", "Q3 2019"),
    ("2019-40", "2019-01-01", "2019-06-30", "season", "first half of 2019", "H1 2019"),
    ("2019-41", "2019-07-01", "2019-12-31", "season", "second half of 2019", "H2 2019"),
]


def read_or_refuse(edtf: str) -> VagueDate | str:
    try:
        return parse(edtf)
    except DateError as refusal:
        return str(refusal)


def bounds(edtf: str) -> tuple[date | None, date | None]:
    """Give the bounds of a date that is read for sure."""
    found = parse(edtf)
    return found.earliest, found.latest


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("edtf", "earliest", "latest", "precision", "words", "short"), READ)
def test_is_read_and_written(edtf, earliest, latest, precision, words, short):
    """Bounds are strict days, an open side is None, and the words say no more than the EDTF does."""
    found = parse(edtf)
    assert found == VagueDate(edtf, day(earliest), day(latest), precision)
    assert (found.display(), found.short()) == (words, short)
    assert found.is_open_start == (earliest is None)
    assert found.is_open_end == (latest is None)
    for bound in (found.earliest, found.latest):
        assert bound is None or type(bound) is date


@pytest.mark.parametrize(
    ("edtf", "sentence"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("2009/2000", "ends before it begins"),
        ("2022-12/2022-02-24", "ends before it begins"),
        ("{2017,2020..2019}", "ends before it begins"),
        ("../..", "a date on one side"),
        ("{2017,..}", "a date on one side"),
        ("/2019", "Two dots"),
        ("2019/", "Two dots"),
        ("/", "Two dots"),
        ("0999", "between 1000 and 2999"),
        ("0000", "between 1000 and 2999"),
        ("3000", "between 1000 and 2999"),
        ("300X", "between 1000 and 2999"),
        ("../9999", "between 1000 and 2999"),
        ("{2017}", "two members"),
        ("{}", "two members"),
        ("{", "not a date"),
        ("2021-25", "seasons, quarters and halves"),
        ("2021-38", "seasons, quarters and halves"),
        ("9" * 101, "at most 100 characters"),
        *[
            (edtf, "is not a date in EDTF")
            for edtf in (
                *(
                    "..",
                    "2019..2020",
                    "2019/2020/2021",
                    "{2017..2018..2019,2020}",
                    "{2017,}",
                    "{2017,2019",
                    "2017,2019",
                ),
                *("2023-02-29", "2023-02-30", "2023-13", "2023-00", "2023-01-00", "2023-04-31", "2021-42"),
                *("2019-2", "2019-2-1", "195", "19", "20190", "-2019", "Y20190", "1984S2", "1XXX", "XXXX"),
                *("200X-05", "156X-12-25", "2012-1X", "2012-01-1X", "2021-XX-15", "200x", "2XX0", "2021-21-01"),
                *("2019-02-01T10:00:00", "2019 -02", "2019-02\n-03", "2019??", "?", "~", "2019/unknown", "2019/open"),
                *(
                    "Q3 2019",
                    "early 2000s",
                    "about 2001",
                    "2001-21^south",
                    "\x00",
                    "2019\x00",
                    "2019\ud800",
                    "٢٠١٩",
                    "２０１９",
                ),
                *("'; DROP TABLE transfers; --", "<script>", "%s", "{0", "\u202e2019"),
            )
        ],
    ],
)
def test_is_refused_with_a_sentence(edtf, sentence, capsys):
    """What is not understood is refused, in words fit for people, and the package prints nothing beside."""
    with pytest.raises(DateError) as caught:
        parse(edtf)
    assert sentence in str(caught.value)
    assert str(caught.value).endswith(".")
    str(caught.value).encode()  # Can be sent: no lone surrogate is handed back.
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "value", [None, 2019, 2019.0, b"2019", date(2019, 1, 1), ["2019"], pytest.param(10**5000, id="huge")]
)
def test_only_text_is_a_date(value):
    """YAML and JSON make numbers and dates of what looks so; they are refused by the same error."""
    with pytest.raises(DateError, match="A date is text"):
        parse(value)


@pytest.mark.parametrize(
    ("edtf", "text", "hedge"),
    [
        ("2022-09", "perhaps in September 2022", "perhaps in September 2022"),
        ("../2022-12", "by December 2022", ""),
        ("2022-02-24/2022-12", "by December 2022", "by December 2022"),
        ("2022-09", "in September 2022", ""),
        ("2022-09", "Sep 2022", ""),
        ("1955", "1955", ""),
        ("1955", "", ""),
    ],
)
def test_a_short_date_hands_out_the_words_that_say_more(edtf, text, hedge):
    assert parse(edtf, text).hedge() == hedge


def test_words_of_the_source_come_first():
    """The words as given are shown and handed out beside the bounds; narrow columns have the EDTF's own."""
    found = parse("2022-02-24/2022-12", " by December 2022 ")
    assert found.display() == "by December 2022"
    assert found.short() == "24 Feb 2022 – Dec 2022"
    assert found.as_api() == {
        "edtf": "2022-02-24/2022-12",
        "earliest": "2022-02-24",
        "latest": "2022-12-31",
        "text": "by December 2022",
    }


def test_api_form_of_an_open_side_is_null():
    """Absent is null, in the words as on the open side."""
    assert parse("2021-02/..").as_api() == {
        "edtf": "2021-02/..",
        "earliest": "2021-02-01",
        "latest": None,
        "text": None,
    }
    assert parse("../2021-02").as_api()["earliest"] is None


@pytest.mark.parametrize("text", ["by \x00 2022", "by \ud800 2022"])
def test_words_that_no_database_takes_are_refused(text):
    """PostgreSQL refuses NUL; unguarded that is a fault in the middle of a save."""
    with pytest.raises(DateError, match="cannot be stored"):
        parse("2022", text)


def test_spaces_around_and_within_a_set_mean_nothing():
    """The same date has one EDTF text, so that equal dates compare equal."""
    assert parse(" 2019\n").edtf == "2019"
    assert parse("{2017, 2019}") == parse("{2017,2019}")


@pytest.mark.parametrize(
    ("edtf", "years"),
    [
        ("2019", [2019]),
        ("2022-03-26", [2022]),
        ("2021-24", [2021, 2022]),
        ("2013/2016", [2013, 2014, 2015, 2016]),
        ("2021-12/2022-01", [2021, 2022]),
        ("200X", list(range(2000, 2010))),
        ("{2017,2019}", [2017, 2019]),
        ("{2019,2017,2017-02}", [2017, 2019]),
        ("{1982..1984,1990}", [1982, 1983, 1984, 1990]),
        ("2021-02/..", []),
        ("../2021-02", []),
        ("{2017,2020..}", []),
    ],
)
def test_years(edtf, years):
    """The gaps of a set are real; what is open on a side has no list of years."""
    assert parse(edtf).years() == years


@pytest.mark.parametrize(
    ("edtf", "approximate"),
    [("2019", False), ("2019~", True), ("2019?", True), ("2019%", True), ("../2019-~02", True), ("2021-02/..", False)],
)
def test_is_approximate(edtf, approximate):
    """Any mark anywhere makes the whole approximate."""
    assert parse(edtf).is_approximate is approximate


def test_order_is_by_earliest_then_latest_and_nothing_last():
    """The same order as the database's with nulls last, and total."""
    ordered = ["2000/2009", "2001-01", "2001", "2001?", "2001/2002", "2001/..", "2001-02-03", "{2017,2019}", "../1990"]
    values = [parse(edtf) for edtf in ordered] + [None]
    backwards = values[::-1]
    assert sorted(backwards, key=sort_key) == values
    assert len({sort_key(value) for value in values}) == len(values)


def test_a_second_reading_costs_nothing():
    """The package needs about 10 ms a date; a page of 500 rows must not wait for it."""
    parse("2022-07-19/2023-08")
    began = perf_counter()
    for _ in range(1000):
        parse("2022-07-19/2023-08", "in between")
    assert perf_counter() - began < 0.1
    assert dates._parse.cache_info().maxsize == 65_536


def test_threads_may_read_at_once():
    """The package keeps a memory of its own while it parses; our server has several threads."""
    wanted = [f"{year}-{month:02}~/.." for year in range(1950, 1954) for month in range(1, 13)] * 2
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(parse, wanted))
    assert [(value.earliest, value.latest) for value in found] == [(day(f"{edtf[:7]}-01"), None) for edtf in wanted]


MARKS = ("", "~", "?", "%")
MARKED = [
    *(f"{a}2019{b}" for a, b in product(MARKS, repeat=2)),
    *(f"2019{a}-{b}02{c}" for a, b, c in product(MARKS, repeat=3)),
    *(f"2019-{a}02{b}-{c}03{d}" for a, b, c, d in product(MARKS[:3], repeat=4)),
    *(
        f"{a}{core}{b}"
        for core in ("201X", "20XX", "2019-21", "2019-XX", "2019-02-XX")
        for a, b in product(MARKS, repeat=2)
    ),
]


def test_every_place_of_a_mark_is_read_or_refused(capsys):
    """One mark on a day, month or year is read wherever it stands and moves no bound; the rest is read or refused."""
    for edtf in MARKED:
        found = read_or_refuse(edtf)
        marks = len(QUALIFIER.findall(edtf))
        if isinstance(found, VagueDate):
            assert (found.earliest, found.latest) == bounds(QUALIFIER.sub("", edtf)), edtf
            assert found.is_approximate == (marks > 0)
            assert ("~" in found.short()) == ("~" in edtf or "%" in edtf), edtf
        else:
            assert marks > 1 or "X" in edtf, edtf
    assert capsys.readouterr().out == ""


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("0129X~?%./,{}[]-.. T\x00é"), max_size=30) | st.text(max_size=120))
@example("{" * 100)
@example("[..,..]")
@example("1999..")
@example("\ud800")
def test_any_text_is_a_date_or_a_sentence(edtf):
    """Nothing but DateError comes out, whatever goes in, and what is read can be written."""
    found = read_or_refuse(edtf)
    if isinstance(found, VagueDate):
        assert found.display()
        assert found.short()
        assert found.earliest is None or found.latest is None or found.earliest <= found.latest
        assert parse(found.edtf) == found
    else:
        assert found.encode().endswith(b".")


@settings(max_examples=100, deadline=None)
@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_days_are_read_as_they_are(one, other):
    """An interval of two days has these days as its bounds."""
    first, last = sorted((one, other))
    found = parse(f"{first}/{last}")
    assert (found.earliest, found.latest) == (first, last)


@pytest.mark.parametrize(
    ("edtf", "ends"),
    [
        ("2019", [("2019", "2019")]),
        ("2000/2009", [("200X", "200X")]),
        ("2021-02/2022-02-24", [("2021-02", "2022-02-24")]),
        ("2021-02/..", [("2021-02", None)]),
        ("../2023-03", [(None, "2023-03")]),
        ("{2017,2019}", [("2017", "2017"), ("2019", "2019")]),
    ],
)
def test_the_ends_of_each_span_are_single_dates(edtf, ends):
    """An interval whose ends would be told as exactly as its days, or an open side that would get a date."""
    found = dates.parse(edtf).ends()
    assert [tuple(end and end.edtf for end in pair) for pair in found] == ends


@pytest.mark.parametrize(
    ("edtf", "short"),
    [
        ("1962/196X~", "1962 – about the 1960s"),
        ("1962/196X", "1962 – the 1960s"),
        ("195X/196X", "1950s – the 1960s"),
        ("1962/1988~", "1962–~1988"),
        ("1962/1988", "1962–1988"),
    ],
)
def test_an_interval_that_ends_in_a_decade_is_told_in_words(edtf, short):
    """Guards narrow columns against 1962–~1960s."""
    assert dates.parse(edtf).short() == short


PLAIN = [
    year + month + day + mark
    for year in ("1000", "2023", "2024")
    for month in ("", "-00", "-01", "-02", "-12", "-13")
    for day in (("", "-00", "-01", "-28", "-29", "-31") if month else ("",))
    for mark in ("", "~" if month else "?")
]


@pytest.mark.parametrize("atom", PLAIN)
def test_the_calendar_gives_what_the_package_gives(atom):
    """Guards the dates that are read without the package: the same first and last days, and the same refusals."""
    try:
        found = parse_edtf(atom)
        wanted = date(*found.lower_strict()[:3]), date(*found.upper_strict()[:3])
    except (EDTFParseException, ValueError):
        wanted = None
    try:
        assert bounds(atom) == wanted
    except DateError:
        assert wanted is None
