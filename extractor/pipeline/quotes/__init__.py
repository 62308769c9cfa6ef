"""Quotes: who said what, word for word."""
