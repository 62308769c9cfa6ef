"""Pure text to value: places, times, laps. No spaCy in here."""
