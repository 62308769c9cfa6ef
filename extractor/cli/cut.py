"""What is said of facts left out for want of confidence."""

from __future__ import annotations

from extractor.confidence import Cut
from extractor.messages import Messages


def cut_line(cut: Cut, least: float, messages: Messages) -> str:
    """Return a line that says how many facts left and remain, and how many errors to expect.

    Args:
        cut: What came of leaving facts out.
        least: The confidence that a fact needed to stay.
        messages: The user's language.
    """
    bar = f"{least:g}"
    return messages(
        "cut.line",
        least=bar.replace(".", ",") if messages.language == "fr" else bar,
        left_out=_counted("left_out", cut.left_out, messages),
        kept=_counted("kept", cut.kept, messages, errors=_errors(cut, messages)),
    )


def _errors(cut: Cut, messages: Messages) -> str:
    count = round(cut.expected_errors)
    if not count and cut.expected_errors:
        return messages("cut.errors.few")
    return _counted("errors", count, messages)


def _counted(key: str, count: int, messages: Messages, **more: str) -> str:
    """Return a sentence in the form that its number asks for."""
    form = {0: "none", 1: "one"}.get(count, "many")
    return messages(f"cut.{key}.{form}", n=count, **more)
