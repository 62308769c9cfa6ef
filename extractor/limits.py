"""How much is read at most, unless the user says otherwise; imports nothing, so that help comes at once."""

MAX_BYTES = 20_000_000
"""Largest plain text that is read unless the user says otherwise; a report has a few thousand bytes."""

MAX_CONTAINER_BYTES = 500_000_000
"""The same for what holds images or pages: PDF, TIFF, archives."""

MAX_MAIL_BYTES = 60_000_000
"""The same for a mail with what is attached to it."""

MAX_UNPACKED_BYTES = 1_000_000_000
"""Most that an archive may unpack to; also most for a single member of DOCX, ODT and the like."""

MAX_PIXELS = 200_000_000
"""Largest image, width times height; an A2 page at 600 dpi has 140 million."""

SHARD_ROWS = 5_000
"""Records that fill a shard."""

MAX_PAGES = 5_000
"""Most pages of one source."""
