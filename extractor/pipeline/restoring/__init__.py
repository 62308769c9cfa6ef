"""Restoring: a damaged page is read as it was most likely printed."""
