"""The institution's sign-in for real: a provider of OpenID Connect, the desk, and a browser between them."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")
pytest.importorskip("streamlit")
pytest.importorskip("sqlalchemy")
pytest.importorskip("authlib")
provider_mock = pytest.importorskip("oidc_provider_mock")

from extractor.review.store import Store  # noqa: E402
from tools import desk_in_browser as desk  # noqa: E402

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(desk.chromium() is None, reason="no Chromium at hand"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # the provider's own
]

REPORT = Path(__file__).resolve().parents[2] / "examples" / "val-de-brume.txt"
PEOPLE = {
    "odile-42": {"name": "Odile Ferrand", "email": "odile@archives.example", "email_verified": True},
    "lucien-7": {"name": "Lucien Maréchal", "email": "lucien@archives.example", "email_verified": False},
    "passant-1": {"name": "Un passant", "email": "passant@ailleurs.example", "email_verified": True},
}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Address of a provider that knows three people."""
    people = [provider_mock.User(sub=sub, claims=dict(claims)) for sub, claims in PEOPLE.items()]
    with provider_mock.run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def server(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[desk.Running]:
    """The desk of an institution, with a report in it."""
    folder = tmp_path_factory.mktemp("signing")
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text(
        f"""
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{"c0ffee" * 8}"
client_id = "relecture"
client_secret = "un secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"

[parcferme]
domains = ["archives.example"]
""",
        encoding="utf-8",
    )
    with desk.running(folder, str(REPORT)) as started:
        started.wait(lambda: "import terminé" in started.said)
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with desk.browsing() as started:
        yield started


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    # The provider's page asks a server on the internet for its looks.
    context.route("**/cdn.jsdelivr.net/**", lambda route: route.abort())
    yield context.new_page()
    context.close()


def key_of(server: desk.Running) -> str:
    with Store.open(str(server.database)) as store:
        return store.keys(limit=1)[0]


def sign_in(page: Any, subject: str) -> None:
    """Go to the provider from the desk's own page, and come back as somebody."""
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.get_by_role("button", name=subject).click()


def test_who_signs_in_is_known_by_what_does_not_change_and_may_leave_again(
    server: desk.Running, provider: str, page: Any
) -> None:
    key = key_of(server)
    page.goto(f"{server.url}/document?key={key}")
    page.get_by_text("réservée aux personnes que l'institution connaît").wait_for(timeout=60_000)
    assert "val-de-brume" not in page.content()
    sign_in(page, "odile-42")
    desk.wait_desk(page)  # where the link led, sign-in in between or not
    assert f"key={key}" in page.url
    page.get_by_role("button", name="Odile Ferrand").wait_for()
    page.keyboard.press("n")
    page.keyboard.press("a")
    desk.wait_saved(page)

    page.goto(f"{server.url}/settings")
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_role("button", name="End session").click()  # the provider asks, and leads back
    page.get_by_role("button", name="Se connecter", exact=True).wait_for(timeout=30_000)
    page.goto(f"{server.url}/document?key={key}")
    page.get_by_role("button", name="Se connecter", exact=True).wait_for(timeout=30_000)

    renamed = PEOPLE["odile-42"] | {"name": "Odile Ferrand-Leroy"}
    asked = urllib.request.Request(f"{provider}/users/odile-42", json.dumps(renamed).encode(), method="PUT")
    asked.add_header("Content-Type", "application/json")
    urllib.request.urlopen(asked).close()
    sign_in(page, "odile-42")
    desk.wait_desk(page)
    page.keyboard.press("u")
    desk.wait_saved(page)
    with Store.open(str(server.database)) as store:
        known = {one.name: one.subject for one in store.reviewers()}
        made = [(one.reviewer, one.change.action) for one in store.decisions(key)]
    assert known == {"Odile Ferrand": f"{provider}#odile-42"}
    assert made == [("Odile Ferrand", "accept"), ("Odile Ferrand", "undo")]


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("passant-1", "l'atelier ne vous est pas ouvert"),
        ("lucien-7", "n'a pas été confirmée"),
    ],
)
def test_who_is_not_admitted_is_told_and_sees_nothing(
    server: desk.Running, page: Any, subject: str, said: str
) -> None:
    page.goto(server.url)
    sign_in(page, subject)
    page.get_by_text(said).wait_for(timeout=60_000)
    desk.wait_idle(page)
    assert "val-de-brume" not in page.content()
    page.goto(f"{server.url}/document?key={key_of(server)}")
    page.get_by_text(said).wait_for(timeout=60_000)
    assert page.locator(".desk").count() == 0
    page.get_by_role("button", name="Prendre un autre compte").click()
    page.get_by_role("button", name="End session").click()
    page.get_by_role("button", name="Se connecter", exact=True).wait_for(timeout=30_000)
    assert page.get_by_text(said).count() == 0
    with Store.open(str(server.database)) as store:
        assert PEOPLE[subject]["name"] not in [one.name for one in store.reviewers()]


def test_who_changes_their_mind_or_forges_a_cookie_is_asked_again(server: desk.Running, page: Any) -> None:
    page.goto(server.url)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.get_by_role("button", name="Deny").click()
    page.get_by_role("button", name="Se connecter", exact=True).wait_for(timeout=60_000)
    forged = '{"is_logged_in":true,"name":"Odile Ferrand","sub":"odile-42","iat":9999999999}'
    names = ("_streamlit_user", "parcferme_reviewer")
    page.context.add_cookies([{"name": name, "value": forged, "url": server.url} for name in names])
    page.goto(server.url)
    page.get_by_role("button", name="Se connecter", exact=True).wait_for(timeout=60_000)
    assert page.get_by_role("button", name="Odile Ferrand").count() == 0
