"""The pictures that tests hold drawings against. After a change that is meant, look at them and write them anew:

DJANGO_SETTINGS_MODULE=armsdb.settings python -m tests.charts.golden
"""

from collections.abc import Iterator

import django


def files() -> Iterator[tuple[str, str]]:
    """Each picture by the name of its file."""
    from armsdb.charts.bars import bars_picture
    from armsdb.charts.flows import flows_picture
    from armsdb.charts.maps import map_picture
    from armsdb.charts.network import network_picture

    from .numbers import (
        COMPARED,
        FLOWS,
        MAPPED,
        NETWORKS,
        SHARES,
        TIMELINES,
        YEARS,
        file_of,
        side_by_side,
        timeline,
        years,
    )

    for name, by_time in YEARS.items():
        yield f"years-{name}.svg", file_of(f"Transfers by year: {name}", years(*by_time))
    for name, shares in SHARES.items():
        yield f"bars-{name}.svg", file_of(f"Transfers by supplier: {name}", bars_picture(shares))
    for name, flows in FLOWS.items():
        yield f"flows-{name}.svg", file_of(f"Transfers from whom to whom: {name}", flows_picture(flows))

    for name, (parts,) in TIMELINES.items():
        yield f"timeline-{name}.svg", file_of(f"A line of time: {name}", timeline(parts))
    for name, rows in COMPARED.items():
        yield f"compare-{name}.svg", file_of(f"Side by side: {name}", side_by_side(rows))
    for name, (centres, links) in NETWORKS.items():
        yield f"network-{name}.svg", file_of(f"A network: {name}", network_picture(centres, links))
    yield "map-doubtful.svg", file_of("Transfers on a map: doubtful", map_picture(MAPPED))


if __name__ == "__main__":
    django.setup()

    from .numbers import GOLDEN

    for name, text in files():
        (GOLDEN / name).write_text(text, encoding="utf-8")
