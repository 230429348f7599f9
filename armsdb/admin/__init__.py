"""The editors' desk: Django's admin made for this work."""
