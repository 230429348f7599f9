"""The desk: Django's admin, made for the work of editors and reviewers.

Django imports this package when it starts; what registers itself is imported here.
"""

from . import proposals

__all__ = ["proposals"]
