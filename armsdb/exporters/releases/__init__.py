"""Releases: everything that may be passed on, as dated folders of files that outlive the site."""

from .folders import PACKAGE, SUMS, Release, releases_in
from .making import Refused, make

__all__ = ["PACKAGE", "SUMS", "Refused", "Release", "make", "releases_in"]
