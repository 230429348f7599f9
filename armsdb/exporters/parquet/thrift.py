"""Structures in Thrift's compact protocol, in which Parquet tells what a file holds: what is written, without reading.

Rule: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

from collections.abc import Sequence

#: A field of a structure: its number, its type and what it holds.
Field = tuple[int, int, bytes]

_TRUE, _FALSE, _BYTE, _I32, _I64, _BINARY, _LIST, _STRUCT = 1, 2, 3, 5, 6, 8, 9, 12
#: From this length a list tells it apart from its type.
_LONG = 15


def varint(number: int) -> bytes:
    """A number that is not below zero, seven bits a byte, the lowest first."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def struct(*fields: Field) -> bytes:
    """A structure of fields, in the order of their numbers, each at most fifteen above the one before."""
    before, out = 0, bytearray()
    for number, kind, held in fields:
        out.append((number - before) << 4 | kind)
        out += held
        before = number
    out.append(0)
    return bytes(out)


def i32(field: int, number: int) -> Field:
    return field, _I32, _zigzag(number)


def i64(field: int, number: int) -> Field:
    return field, _I64, _zigzag(number)


def byte(field: int, number: int) -> Field:
    return field, _BYTE, bytes([number])


def truth(field: int, *, value: bool) -> Field:
    return field, _TRUE if value else _FALSE, b""


def binary(field: int, held: bytes) -> Field:
    return field, _BINARY, varint(len(held)) + held


def text(field: int, words: str) -> Field:
    return binary(field, words.encode())


def nested(field: int, held: bytes) -> Field:
    """A field that is a structure."""
    return field, _STRUCT, held


def structs(field: int, those: Sequence[bytes]) -> Field:
    return field, _LIST, _listed(_STRUCT, those)


def texts(field: int, words: Sequence[str]) -> Field:
    return field, _LIST, _listed(_BINARY, [text(field, one)[2] for one in words])


def i32s(field: int, numbers: Sequence[int]) -> Field:
    return field, _LIST, _listed(_I32, [_zigzag(one) for one in numbers])


def _zigzag(number: int) -> bytes:
    return varint(number << 1 if number >= 0 else (-number << 1) - 1)


def _listed(kind: int, held: Sequence[bytes]) -> bytes:
    length = len(held)
    head = bytes([length << 4 | kind]) if length < _LONG else bytes([_LONG << 4 | kind]) + varint(length)
    return head + b"".join(held)
