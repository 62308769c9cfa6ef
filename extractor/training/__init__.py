"""Training: from the corpus and reviewed records to a model that may be shipped."""
