"""The names of the seed that have to be found, on either engine."""

from armsdb import search
from armsdb.models import SearchEntry

NAMES = {
    "myanmar": ["Burma", "Myanmar", "MMR"],
    "rosoboronexport": ["Rosoboronexport", "rosoboroneksport", "Рособоронэкспорт"],
    "rostec": ["Rostec", "Rostekh", "Ростех"],
    "almaz-antey": ["Almaz-Antey", "almaz antey", "Almaz Antei", "JSC Concern VKO", "Алмаз-Антей"],
    "tactical-missiles-corporation": ["Tactical Missiles Corporation", "Tactiles Missiles"],
    "uralvagonzavod": ["Uralvagonzavod", "uralvagonsavod", "Уралвагонзавод"],
    "myanmar-armed-forces": ["Tatmadaw", "Burmese army"],
    "min-aung-hlaing": ["Min Aung Hlaing", "Мин Аун Хлайн"],
    "soviet-union": ["Soviet Union", "USSR"],
    "moskovskij-komsomolets": ["Moskovskij Komsomolets", "Moskovsky Komsomolets"],
    "su-30": ["Su-30", "Sukhoi Su-30", "СУ-30", "su30"],
    "mig-29": ["MiG-29", "МиГ-29", "mig29", "MiG 29"],
}


def test_every_name_of_the_seed_leads_to_its_record_first(seeded):
    """Whoever knows a thing by one of its names gets its page first."""
    first = {name: search.search(name).hits[:1] for names in NAMES.values() for name in names}
    assert {name: [hit.public_id for hit in hits] for name, hits in first.items()} == {
        name: [public_id] for public_id, names in NAMES.items() for name in names
    }


def test_the_seed_is_indexed_as_a_rebuild_would(seeded):
    """What the actions wrote while the seed was loaded is all that there is to write."""
    before = contents()
    assert search.rebuild() == len(before)
    assert contents() == before


def contents() -> list[tuple]:
    rows = SearchEntry.objects.order_by("type", "public_id")
    return list(rows.values_list("type", "public_id", "name", "names", "text", "readable"))
