"""Values and vocabularies of the field: no database, no network, no import from another room."""
