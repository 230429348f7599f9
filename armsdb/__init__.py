"""ArmsDB: an open knowledge base of the international arms trade."""

__version__ = "0.1.0"
