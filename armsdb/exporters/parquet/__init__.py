"""Parquet files of flat tables: columns of text cells, of which the empty ones are null, written with their types.

A library that does the same takes 35 MB to load and 60 to write with, which is more than a file may take (ADR 0022).
What is written here is the part of the format that a flat table needs: a page a column and group of rows, packed with
gzip, with a dictionary where cells repeat, and the least and the greatest value of each column, by which readers skip
groups.

Rule: https://github.com/apache/parquet-format (README, Encodings, LogicalTypes, parquet.thrift)
"""

from .writing import ROWS, Writer

__all__ = ["ROWS", "Writer"]
