"""The record's format, from its JSON Schema."""

from __future__ import annotations

from typing import Any

from extractor.record import FORMAT
from extractor.schema import schema
from tools.site.words import WORDS

_FIRST = "RaceRecord"


def page() -> str:
    """Return every part of the record with its fields, in Markdown."""
    whole = schema()
    parts = {_FIRST: whole, **whole["$defs"]}
    lines = [WORDS["record_head"].format(format=FORMAT)]
    for name, part in parts.items():
        lines += [f"## {name}", "", " ".join(part.get("description", "").split()), ""]
        lines += ["| champ | type | toujours là |", "|---|---|---|"]
        wanted = set(part.get("required", ()))
        for field, told in part.get("properties", {}).items():
            there = "oui" if field in wanted else ""
            lines.append(f"| `{field}` | {_type(told)} | {there} |")
        lines.append("")
    return "\n".join(lines)


def _type(told: dict[str, Any]) -> str:
    if "$ref" in told:
        name = told["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in told:
        return " ou ".join(dict.fromkeys(_type(one) for one in told["anyOf"]))
    if "enum" in told:
        return ", ".join(f"`{one}`" for one in told["enum"])
    if "const" in told:
        return f"`{told['const']}`"
    if told.get("type") == "array":
        return f"liste de {_type(told.get('items', {}))}"
    kind = str(told.get("type", "objet"))
    return "rien" if kind == "null" else kind
