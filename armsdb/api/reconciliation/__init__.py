"""The Reconciliation API of the W3C community group, version 0.2: columns of names become ids, as in OpenRefine.

`questions` reads what a client sends, `answers` writes what it is sent; `kinds` has the types and their properties,
`matching` decides, `views` are the addresses.
"""
