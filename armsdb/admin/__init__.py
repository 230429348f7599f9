"""The desk: Django's admin made for the work of editors and reviewers. Every write goes through the actions.

Django imports this package while it makes the desk's site, so nothing registers itself here: see `kinds`.
"""
