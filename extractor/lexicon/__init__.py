"""The French words that the extractor knows, in TOML, and what reads them."""
