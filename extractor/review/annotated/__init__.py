"""What annotators changed in their own tools, as decisions on the record that they were given."""

from extractor.review.annotated.changes import Outcome, decide
from extractor.review.annotated.remarks import Remark

__all__ = ["Outcome", "Remark", "decide"]
