"""Pictures as plain data: records in, a dict of places and words out. Templates write the SVG."""
