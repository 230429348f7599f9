"""Everything that can be read in a file, whatever its format: also what is packed."""

import io
import zipfile

import pyarrow.parquet

from armsdb.exporters import EXPORTERS


def unpacked(content_type: str, body: bytes) -> str:
    """The words in an answer of this type; what is no text and no file of ours is read as far as it goes."""
    if content_type == EXPORTERS["xlsx"].media_type:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "".join(archive.read(name).decode() for name in archive.namelist())
    if content_type == EXPORTERS["parquet"].media_type:
        table = pyarrow.parquet.read_table(io.BytesIO(body))
        return f"{table.to_pylist()} {table.schema.to_string(show_field_metadata=True)}"
    return body.decode(errors="replace")
