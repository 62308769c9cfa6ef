"""Record against record: precision, recall and F1 for every kind of fact.

The rules are those of the format's section on scoring. :mod:`~extractor.scoring.facts` says what is
compared, :mod:`~extractor.scoring.document` when two facts are the same.
"""

from __future__ import annotations

from extractor.scoring.evaluate import evaluate_paths
from extractor.scoring.report import HEADLINE, Report, score_records

__all__ = ["HEADLINE", "Report", "evaluate_paths", "score_records"]
