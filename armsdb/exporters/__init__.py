"""Files out: the rows of a question in the formats that people work in."""

from collections.abc import Mapping

from armsdb.models import Record, Source

from .base import Citer, Export, Exporter, ExportRefused
from .columns import Column, Kind
from .ftm_entities import KINDS
from .graphs import EDGES
from .tables import Table, tables
from .to_bibtex import ToBibtex
from .to_csl import ToCsl
from .to_csv import ToCsv
from .to_ftm import ToFtm
from .to_gexf import ToGexf
from .to_graphml import ToGraphml
from .to_jsonl import ToJsonLines
from .to_jsonld import ToJsonLd
from .to_parquet import ToParquet
from .to_ris import ToRis
from .to_xlsx import ToXlsx

#: The formats by the word that asks for each.
EXPORTERS: Mapping[str, Exporter] = {
    "csv": ToCsv(),
    "jsonl": ToJsonLines(),
    "jsonld": ToJsonLd(),
    "xlsx": ToXlsx(),
    "parquet": ToParquet(),
}
#: The formats of things to cite, which documents alone have as a list.
CITERS: Mapping[str, Citer] = {"bibtex": ToBibtex(), "ris": ToRis(), "csl": ToCsl()}
#: The format of those kinds that its model has words for.
FTM: Mapping[str, Exporter] = {"ftm": ToFtm()}
#: The formats of graphs, which lists of what links people, companies and states have.
GRAPHS: Mapping[str, Exporter] = {"graphml": ToGraphml(), "gexf": ToGexf()}


def exporters_of(model: type[Record]) -> Mapping[str, Exporter]:
    """The formats that a list of records of a kind can be had in."""
    more = (CITERS if model is Source else {}, GRAPHS if model in EDGES else {}, FTM if model in KINDS else {})
    return {**EXPORTERS, **{word: exporter for formats in more for word, exporter in formats.items()}}


__all__ = [
    "CITERS",
    "EXPORTERS",
    "FTM",
    "GRAPHS",
    "Citer",
    "Column",
    "Export",
    "ExportRefused",
    "Exporter",
    "Kind",
    "Table",
    "exporters_of",
    "tables",
]
