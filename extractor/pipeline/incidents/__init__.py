"""Incidents: what happened to whom, what came of it, and what caused what."""
