"""Whom the desk lets in of those whom the institution knows; what cannot be read lets nobody in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractor.errors import UsageError
from extractor.ui import access
from extractor.ui.access import Access, check_settings

NOW = 1_800_000_000.0
ODILE = {"iss": "https://connexion.example", "sub": "42", "email": "Odile@Archives.example", "iat": NOW - 60}
SECRET = "0" * 32
AUTH = f"""
[auth]
redirect_uri = "https://relecture.example/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "relecture"
client_secret = "x"
server_metadata_url = "https://connexion.example/.well-known/openid-configuration"
"""


def refusal(told: dict[str, Any], user: dict[str, Any]) -> str | None:
    try:
        Access.from_secrets({"parcferme": told}).check(user, NOW)
    except UsageError as error:
        return error.code
    return None


@pytest.mark.parametrize(
    ("told", "user", "code"),
    [
        ({}, ODILE, None),
        ({"domains": ["archives.example"]}, ODILE, None),
        ({"domains": ["@ARCHIVES.example"]}, ODILE, None),
        ({"emails": ["odile@archives.example"]}, ODILE, None),
        ({"emails": ["luc@ailleurs.example"], "domains": ["archives.example"]}, ODILE, None),
        ({"domains": ["ailleurs.example"]}, ODILE, "not_admitted"),
        ({"domains": ["rchives.example"]}, ODILE, "not_admitted"),
        ({"domains": ["example"]}, ODILE, "not_admitted"),
        ({"domains": ["archives.example"]}, ODILE | {"email": "odile@archives.example.net"}, "not_admitted"),
        (
            {"domains": ["archives.example"]},
            ODILE | {"email": "a@archives.example@b.example"},
            "not_admitted",
        ),
        ({"domains": ["archives.example"]}, {"sub": "42", "iat": NOW}, "not_admitted"),
        ({"domains": ["archives.example"]}, ODILE | {"email_verified": True}, None),
        ({"domains": ["archives.example"]}, ODILE | {"email_verified": False}, "email_unconfirmed"),
        ({"domains": ["archives.example"]}, ODILE | {"email_verified": "false"}, "email_unconfirmed"),
        ({"hours": 1}, ODILE | {"iat": NOW - 3601}, "signed_in_long_ago"),
        ({}, ODILE | {"iat": NOW - 25 * 3600}, "signed_in_long_ago"),
        ({}, {"sub": "42"}, "signed_in_long_ago"),
        ({"domains": "archives.example"}, ODILE, "bad_access"),
        ({"domains": [""]}, ODILE, "bad_access"),
        ({"emails": [42]}, ODILE, "bad_access"),
        ({"hours": "24"}, ODILE, "bad_access"),
        ({"hours": 0}, ODILE, "bad_access"),
        ({"domain": ["archives.example"]}, ODILE, "bad_access"),  # a slip that would have let everybody in
    ],
)
def test_who_is_let_in(told: dict[str, Any], user: dict[str, Any], code: str | None) -> None:
    assert refusal(told, user) == code


def settings(folder: Path, text: str) -> str | None:
    file = folder / "secrets.toml"
    file.write_text(text, encoding="utf-8")
    problem = check_settings([folder / "nowhere.toml", file])
    return problem.code if problem is not None else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", None),
        ("[other]\nkey = 1", None),
        (AUTH, None),
        (AUTH + "[parcferme]\ndomains = ['archives.example']", None),
        (AUTH + "[parcferme]\ndomains = 'archives.example'", "bad_access"),
        (AUTH.replace(SECRET, "court"), "weak_cookie_secret"),
        (AUTH.replace("oauth2callback", ""), "bad_redirect"),
        (AUTH.replace("client_id", "client"), "bad_auth"),
        (AUTH.replace("client_id", "[auth.maison]\nclient_id"), None),
        ("auth = 1", "bad_auth"),
        ("[auth", "bad_secrets"),
    ],
)
def test_settings_are_looked_at_before_anybody_signs_in(tmp_path: Path, text: str, code: str | None) -> None:
    pytest.importorskip("authlib")
    pytest.importorskip("httpx")
    assert settings(tmp_path, text) == code


def test_what_the_sign_in_needs_is_named_where_it_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "find_spec", lambda name: None)
    assert settings(tmp_path, AUTH) == "needs_signin"
    assert settings(tmp_path, "") is None
