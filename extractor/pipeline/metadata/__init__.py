"""What is known of a document and its event: title, date, publisher; name, series, round, venue, days.

Pure functions over the layout, the names found and what the file's container tells. Nothing is guessed: what
could be meant in two ways is left out.
"""
