"""Whom the desk lets in of those whom the institution knows, and whether its sign-in is set up as it must be.

``.streamlit/secrets.toml`` says so, in a part of our own beside Streamlit's ``[auth]``::

    [parcferme]
    domains = ["archives.example"]        # who has a confirmed e-mail address there
    emails = ["benevole@ailleurs.example"]
    hours = 24                            # after so many, the institution is asked again

Without addresses, everybody whom the institution signs in is let in. What cannot be read lets nobody in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from extractor.errors import ParcFermeError, UsageError

#: Hours for which a sign-in holds where nothing is said: who has left is out on the morrow.
HOURS: Final = 24.0
_LEAST_SECRET: Final = 32
_CALLBACK: Final = "/oauth2callback"
_PART: Final = "parcferme"
_NAMES: Final = frozenset(("domains", "emails", "hours"))


@dataclass(frozen=True, slots=True)
class Access:
    """Whom the desk lets in.

    Attributes:
        domains: Behind the ``@`` of addresses, in small letters.
        emails: Whole addresses, in small letters.
        hours: For which a sign-in holds.
    """

    domains: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    hours: float = HOURS

    @classmethod
    def from_secrets(cls, secrets: Mapping[str, Any]) -> Access:
        """Return what the part ``[parcferme]`` says.

        Raises:
            UsageError: ``bad_access``: it cannot be read, so that nobody can be let in by it.
        """
        told = secrets.get(_PART, {})
        if not isinstance(told, Mapping) or not told.keys() <= _NAMES:
            unknown = sorted(set(told) - _NAMES) if isinstance(told, Mapping) else [_PART]
            raise UsageError("bad_access", name=unknown[0])
        hours = told.get("hours", HOURS)
        if isinstance(hours, bool) or not isinstance(hours, int | float) or not hours > 0:
            raise UsageError("bad_access", name="hours")
        domains = frozenset(one.removeprefix("@") for one in _listed(told, "domains"))
        return cls(domains, _listed(told, "emails"), float(hours))

    def check(self, user: Mapping[str, Any], now: float) -> None:
        """Let somebody in, or say why not.

        An address counts unless the provider says that it was not confirmed: some say nothing about it.

        Args:
            user: What the identity token holds.
            now: Seconds since 1970.

        Raises:
            UsageError: ``signed_in_long_ago``, ``not_admitted`` or ``email_unconfirmed``.
        """
        issued = user.get("iat")
        if not isinstance(issued, int | float) or not now < issued + 3600 * self.hours:
            raise UsageError("signed_in_long_ago", hours=f"{self.hours:g}")
        if not self.domains and not self.emails:
            return
        email = str(user.get("email") or "").strip().casefold()
        if email not in self.emails and email.rpartition("@")[2] not in self.domains:
            raise UsageError("not_admitted", email=email or str(user.get("sub") or "?"))
        if user.get("email_verified", True) not in (True, "true"):
            raise UsageError("email_unconfirmed", email=email)


def _listed(told: Mapping[str, Any], name: str) -> frozenset[str]:
    """Return a list of addresses; a lone text is a slip that would let in by its letters."""
    values = told.get(name, ())
    if isinstance(values, str) or not isinstance(values, Sequence):
        raise UsageError("bad_access", name=name)
    if not all(isinstance(value, str) and value.strip("@ ") for value in values):
        raise UsageError("bad_access", name=name)
    return frozenset(value.strip().casefold() for value in values)


def settings_files(folder: Path | None = None) -> tuple[Path, ...]:
    """Return where Streamlit looks for settings of the sign-in: at home, then in the current folder."""
    return tuple(one / ".streamlit" / "secrets.toml" for one in (Path.home(), folder or Path.cwd()))


def check_settings(files: Sequence[Path] | None = None) -> ParcFermeError | None:
    """Return what is wrong with the institution's sign-in, before anybody tries it; ``None`` for nothing.

    Args:
        files: Of settings, a later one overruling; Streamlit's own where not given.
    """
    told: dict[str, Any] = {}
    source = None
    for file in settings_files() if files is None else files:
        try:
            told |= tomllib.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            return UsageError("bad_secrets", source=str(file), reason=error)
        source = str(file)
    if source is None or "auth" not in told:
        return None
    try:
        _check_auth(told["auth"], source)
        Access.from_secrets(told)
    except UsageError as error:
        return error
    return None


def _check_auth(auth: Any, source: str) -> None:
    if not isinstance(auth, Mapping):
        raise UsageError("bad_auth", source=source, name="auth")
    missing = [name for name in ("authlib", "httpx") if find_spec(name) is None]
    if missing:
        raise UsageError("needs_signin", missing=", ".join(missing))
    if len(str(auth.get("cookie_secret") or "")) < _LEAST_SECRET:
        raise UsageError("weak_cookie_secret", source=source, least=_LEAST_SECRET)
    if not str(auth.get("redirect_uri") or "").endswith(_CALLBACK):
        raise UsageError("bad_redirect", source=source, ending=_CALLBACK)
    parts = [value for value in auth.values() if isinstance(value, Mapping)]
    providers = [part for part in parts if "client_id" in part or "server_metadata_url" in part] or [auth]
    for provider in providers:
        for name in ("client_id", "client_secret", "server_metadata_url"):
            if not provider.get(name):
                raise UsageError("bad_auth", source=source, name=name)
