"""Files in: each format is read and mapped here, and written by the actions."""
