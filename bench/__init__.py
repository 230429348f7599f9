"""Benchmarks: data of any size, and how long it takes to take it in."""
