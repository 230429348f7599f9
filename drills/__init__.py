"""Drills: faults made on purpose, with the real programs on loopback, and whether what is promised is kept.

Each drill is a command, `python -m drills.<name>`; docs/operations.md tells what each showed.
"""
