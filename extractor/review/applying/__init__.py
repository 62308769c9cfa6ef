"""What each kind of decision does to a record; :mod:`extractor.review.apply` folds a log of them."""
