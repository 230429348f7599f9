"""The page that shows every component of templates/components/ in its states, built from made-up records."""

from .page import DesignPage

__all__ = ["DesignPage"]
