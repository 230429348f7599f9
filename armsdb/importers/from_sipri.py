"""SIPRI's trade register in every form in which it has been handed out; the contents tell which it is."""

from .base import Register
from .files import File, FileRefused
from .sipri_deals import DealTable, OlderDealTable
from .sipri_deliveries import DeliveryTable
from .sipri_rtf import DealText, is_rtf
from .tables import find_header

_TABLES = {table.layout.form: table for table in (DeliveryTable, DealTable, OlderDealTable)}


def recognise(file: File) -> Register:
    """The register that a file holds; FileRefused says what is wrong with one that is none."""
    if is_rtf(file):
        return DealText(file)
    header = find_header(file, [table.layout for table in _TABLES.values()])
    if header is None:
        raise FileRefused(
            f"{file.path.name} has no line with the columns of SIPRI's trade register, such as Supplier, Recipient and "
            "Weapon designation, among its first 40."
        )
    return _TABLES[header.layout.form](file, header)
