"""Words of a date that cannot belong to the EDTF beside them."""

import pytest

from armsdb.lib import dates
from armsdb.lib.near_dates import contradicting
from armsdb.models import kinds
from armsdb.models.values import DateGroup, groups_of


@pytest.mark.parametrize(
    ("edtf", "words", "other"),
    [
        ("2022-03", "March 2021", "2021-03"),
        ("2022-03", "perhaps in March 2021", "2021-03"),
        ("2022", "2021", "2021"),
        ("2022-03/..", "by December 2021", "../2021-12"),
        ("../2019", "since 2021", "2021/.."),
        ("2021-03-26", "27 March 2021", "2021-03-27"),
        ("2021/2022", "the 2010s", "201X"),
    ],
)
def test_words_that_tell_another_date_are_noticed(edtf: str, words: str, other: str) -> None:
    assert contradicting(dates.parse(edtf, words)) == other


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2021-03", ""),
        ("2021-03", "March 2021"),
        ("2021-03", "in March 2021"),
        ("2021", "March 2021"),
        ("2021-03", "early 2021"),
        ("2021-02/2022-12", "by December 2022"),
        ("../2022-12", "by December 2022"),
        ("2021~", "about 2021"),
        ("2022-03", "a year after March 2021"),
        ("2022-03", "1/2/2021"),
    ],
)
def test_words_that_can_belong_to_the_date_are_not(edtf: str, words: str) -> None:
    """Guards against a warning that is wrong, which teaches to overlook warnings."""
    assert contradicting(dates.parse(edtf, words)) == ""


def test_no_date_of_the_seed_contradicts_its_words(seeded: None) -> None:
    """Guards the seed, and the warning against what people really write."""
    told = 0
    for kind in kinds().values():
        for name in (name for name, group in groups_of(kind).items() if isinstance(group, DateGroup)):
            for record in kind._default_manager.exclude(**{f"{name}_text": ""}):
                told += 1
                assert contradicting(getattr(record, name)) == "", (record.public_id, name)
    assert told > 10
