"""Likely matches: proposals for an editor, and nothing is changed by listing them."""

from io import StringIO

from django.core.management import call_command

from armsdb.importers.matches import likely_matches
from armsdb.models import Organisation

from .reading import take_in


def test_names_that_are_alike_are_proposed_and_nothing_is_merged(seeded) -> None:
    take_in("eu.csv", "eu")
    take_in("uk.csv", "uk")
    Organisation.objects.filter(name="Kestrel Works, JSC").update(name="KESTREL DEFENCE CORPORATION JSC")
    pairs = {(match.name, match.other_name) for match in likely_matches(Organisation)}
    assert ("KESTREL DEFENCE CORPORATION", "KESTREL DEFENCE CORPORATION JSC") in pairs
    assert ("Heron", "Heron") in pairs
    assert Organisation.objects.filter(state="merged").count() == 0


def test_records_of_ours_are_found_but_not_asked_about(seeded) -> None:
    """What somebody has compared is no question any more, but may be the answer to one."""
    take_in("eu.csv", "eu")
    assert all(match.record.unmatched for match in likely_matches(Organisation))
    Organisation.objects.filter(name="Kestrel Works, JSC").update(name="Rosoboronexport JSC")
    found = {match.other.public_id for match in likely_matches(Organisation) if match.name == "Rosoboronexport JSC"}
    assert "rosoboronexport" in found


def test_the_command_lists_them(seeded) -> None:
    out = StringIO()
    call_command("matches", stdout=out)
    assert out.getvalue() == "No likely matches.\n"
    take_in("eu.csv", "eu")
    call_command("matches", "organisations", "--limit", "1", stdout=out)
    assert "heron “Heron” may be heron-2 “Heron” (100 of 100)" in out.getvalue()
    assert "1 likely matches." in out.getvalue()
