"""What other programs read: the directory as HSDS, GeoJSON, calendar and tables, with a catalogue entry."""
