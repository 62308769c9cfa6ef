"""How the app is started: reached from this machine alone, telling nobody anything, in our colours."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.ui.start import DARK, LIGHT, LOOPBACK, Start, is_own_address, server_options

ROOT = Path(__file__).resolve().parents[3]


def flattened(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flattened(value, f"{prefix}{name}.")
        else:
            yield prefix + name, str(value).lower() if isinstance(value, bool) else str(value)


def test_the_command_and_the_repository_set_the_same_options() -> None:
    told = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    options = server_options(LOOPBACK, 8501)
    del options["server.port"]
    assert dict(flattened(told)) == options


def test_streamlit_knows_every_option() -> None:
    config = pytest.importorskip("streamlit.config")
    known = config.get_config_options()
    assert [name for name in server_options(LOOPBACK, 8501) if name not in known] == []


def test_nobody_is_told_anything_and_forms_of_other_sites_are_refused() -> None:
    options = server_options(LOOPBACK, 8501)
    assert options["browser.gatherUsageStats"] == "false"
    assert options["server.enableXsrfProtection"] == options["server.enableCORS"] == "true"
    assert options["server.address"] == "127.0.0.1"


def luminance(colour: str) -> float:
    parts = [int(part, 16) / 255 for part in re.findall("..", colour.lstrip("#"))]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 has it: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_written_can_be_read(theme: dict[str, str]) -> None:
    for ground in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        assert contrast(theme["textColor"], ground) >= 7
        assert contrast(theme["linkColor"], ground) >= 4.5
        assert contrast(theme["primaryColor"], ground) >= 3
    assert contrast("#ffffff", theme["primaryColor"]) >= 4.5


@pytest.mark.parametrize(
    ("address", "is_own"),
    [("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)],
)
def test_an_own_address_is_one_that_only_this_machine_reaches(address: str, is_own: bool) -> None:
    assert is_own_address(address) is is_own


def test_the_environment_says_what_the_command_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARCFERME_LANG", "en")
    told = {
        "PARCFERME_DB": "relecture.db",
        "PARCFERME_REVIEWER": "Odile Ferrand",
        "PARCFERME_JOBS": "/tmp/x",
        "PARCFERME_ADDRESS": "0.0.0.0",
    }
    assert Start.from_environment(told) == Start("relecture.db", "Odile Ferrand", "en", Path("/tmp/x"), False)
    assert Start.from_environment({}) == Start(language="en")


def test_no_other_site_can_pass_itself_off_as_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("streamlit")
    from extractor.ui import serve

    monkeypatch.delenv(serve.HOSTS, raising=False)
    assert "127.0.0.1" in serve.options("127.0.0.1", 8501)["server.allowedHosts"]
    assert "server.allowedHosts" not in serve.options("0.0.0.0", 8501)
    monkeypatch.setenv(serve.HOSTS, "relecture.archives.example")
    assert "server.allowedHosts" not in serve.options("127.0.0.1", 8501)
