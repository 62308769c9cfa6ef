"""What an import of annotations has to tell, in the user's words."""

from __future__ import annotations

from extractor.errors import ParcFermeError
from extractor.exports.plain import one_line
from extractor.messages import Messages
from extractor.review.annotated.remarks import Remark


def remark_line(name: str, remark: Remark, messages: Messages) -> str:
    """Return one line of what there is to tell of a document."""
    values: dict[str, object] = dict.fromkeys(
        (
            "label",
            "text",
            "start",
            "end",
            "name",
            "head",
            "tail",
            "taken",
            "others",
            "fault",
            "kind",
            "comment",
            "reason",
            "count",
        ),
        "",
    )
    for key, value in remark.values.items():
        told = value.in_language(messages.language) if isinstance(value, ParcFermeError) else str(value)
        values[key] = one_line(told)
    said = messages(f"annotation.remark.{remark.code}", **values)
    weight = messages(f"annotation.weight.{remark.weight}")
    return messages("annotation.line", name=one_line(name), weight=weight, said=said, code=remark.code)
