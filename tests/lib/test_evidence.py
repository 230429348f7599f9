"""The evidence grade: every branch of the rule, and that nobody can turn it by order or by repetition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armsdb.lib.evidence import RULE_VERSION, Passage, grade


def passage(stance="supports", basis="reporting", publisher="a", quotes=None, interested=False, who="A"):
    return Passage(stance, basis, publisher, quotes, interested, who)


REPORT = passage()
OTHER = passage(publisher="b", who="B")
DOCUMENT = passage(basis="official-document", who="C")
DENIAL = passage("denies", publisher="d", who="D")
QUESTION = passage("questions", publisher="q", who="Q")
PARTY = passage(interested=True, publisher="p", who="P")
GUESS = passage(basis="conjecture", publisher="g", who="G")
NAMELESS = passage(publisher=None, who="")


@pytest.mark.parametrize(
    ("passages", "expected", "reason"),
    [
        ([], "", "No passage that supports it is cited."),
        # disputed
        ([REPORT, DENIAL], "disputed", "One party says so, another denies it."),
        ([REPORT, QUESTION], "disputed", "One party says so, another questions it."),
        ([REPORT, QUESTION, DENIAL], "disputed", "One party says so, another denies it."),
        ([DENIAL], "disputed", "A passage denies it, and none that supports it is cited."),
        ([QUESTION], "disputed", "A passage questions it, and none that supports it is cited."),
        ([DOCUMENT, REPORT, OTHER, DENIAL], "disputed", "One party says so, another denies it."),
        ([REPORT, passage("denies", interested=True)], "disputed", "One party says so, another denies it."),
        # documented
        ([DOCUMENT], "documented", "A document supports it: C."),
        ([passage(basis="customs-record", who="C")], "documented", "A document supports it: C."),
        ([DOCUMENT, REPORT, OTHER], "documented", "A document supports it: C."),
        ([passage(basis="official-document", who="")], "documented", "A document supports it."),
        ([passage(basis="official-document", interested=True)], "documented", "A document supports it: A."),
        # corroborated
        ([REPORT, OTHER], "corroborated", "Two publishers that do not quote each other support it."),
        (
            [REPORT, passage(publisher="b", quotes="c")],
            "corroborated",
            "Two publishers that do not quote each other support it.",
        ),
        ([REPORT, OTHER, PARTY, GUESS], "corroborated", "Two publishers that do not quote each other support it."),
        (
            [REPORT, passage(publisher="b", quotes="a"), passage(publisher="c")],
            "corroborated",
            "Two publishers that do not quote each other support it.",
        ),
        # reported
        ([REPORT], "reported", "Reported by A."),
        ([REPORT, REPORT], "reported", "Reported by A."),
        ([REPORT, passage(publisher="b", quotes="a", who="B")], "reported", "Reported by A and B."),
        ([passage(quotes="b"), OTHER], "reported", "Reported by A and B."),
        ([REPORT, passage(who="B"), passage(who="C"), passage(who="D")], "reported", "Reported by A, B and 2 more."),
        ([REPORT, NAMELESS], "reported", "Reported by A."),
        ([NAMELESS, NAMELESS], "reported", "One source reports it."),
        ([NAMELESS, passage(publisher=None, who="N")], "reported", "Reported by N."),
        ([REPORT, PARTY], "reported", "Reported by A."),
        ([REPORT, GUESS], "reported", "Reported by A."),
        ([passage(basis="register")], "reported", "Reported by A."),
        ([passage(basis="unnamed-source")], "reported", "Reported by A."),
        # alleged
        ([PARTY], "alleged", "Only an interested party says so."),
        ([PARTY, passage(interested=True, publisher="z")], "alleged", "Only an interested party says so."),
        ([GUESS], "alleged", "It is the teller's own conjecture."),
        ([GUESS, passage(basis="conjecture", publisher="z")], "alleged", "It is the teller's own conjecture."),
        ([passage(basis="conjecture", interested=True)], "alleged", "Only an interested party says so."),
        ([PARTY, GUESS], "alleged", "Only an interested party's word and a conjecture support it."),
    ],
)
def test_rule(passages, expected, reason):
    """Each branch of rule 1, with the reason that a reader is given."""
    assert RULE_VERSION == 1
    assert grade(passages) == (expected, reason)
    assert grade(passages[::-1]) == (expected, reason)


PASSAGES = st.lists(
    st.builds(
        Passage,
        stance=st.sampled_from(["supports", "supports", "supports", "denies", "questions"]),
        basis=st.sampled_from(
            ["reporting", "register", "conjecture", "official-document", "customs-record", "footage"]
        ),
        publisher=st.sampled_from([None, "a", "b", "c"]),
        quotes_publisher=st.sampled_from([None, "a", "b", "c"]),
        interested=st.booleans(),
        who=st.sampled_from(["", "A", "B", "C"]),
    ),
    max_size=6,
)


@given(PASSAGES, st.randoms())
def test_order_makes_no_difference(passages, random):
    """The grade is of the set of passages; so is the reason."""
    shuffled = list(passages)
    random.shuffle(shuffled)
    assert grade(shuffled) == grade(passages)


@given(PASSAGES, st.sampled_from([DENIAL, QUESTION]))
def test_a_denial_always_disputes(passages, denial):
    """Nothing outweighs a denial; the reader is told."""
    assert grade([*passages, denial])[0] == "disputed"


@given(PASSAGES)
def test_a_passage_said_twice_counts_once(passages):
    """Repetition is no corroboration."""
    assert grade(passages * 2) == grade(passages)


@given(PASSAGES)
def test_an_unknown_publisher_never_makes_it_corroborated(passages):
    """Who is not known cannot be told apart from who is."""
    unknown = passage(publisher=None, who="")
    if grade([*passages, unknown])[0] == "corroborated":
        assert grade(passages)[0] == "corroborated"


@given(PASSAGES)
def test_every_grade_has_a_sentence(passages):
    """No grade without a reason, none outside the five."""
    found, reason = grade(passages)
    assert found in {"disputed", "documented", "corroborated", "reported", "alleged", ""}
    assert reason[0].isupper()
    assert reason.endswith(".")
    assert (found == "") == (passages == [])
