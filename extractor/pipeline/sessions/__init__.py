"""Sessions: what was run, and which sentence speaks of what."""
