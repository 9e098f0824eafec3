"""What every answer carries: the headers of a top grade, and cookies that nobody else can read or send."""

from pathlib import Path

import pytest
from flask import Flask

from portal.app import create_app
from portal.db import Database
from portal.settings import read_settings
from portal.web.security import POLICY
from tests.site.demo import Demo, signed_in
from tests.visitor import Visitor

PAGES = [
    "/",
    "/loften",
    "/en/fragor",
    "/sok?q=sopor",
    "/arende",
    "/arbete/logga-in",
    "/finns-inte",
    "/halsa",
    "/robots.txt",
    "/statistik",
    "/oppna-data",
    "/lagens-granser",
    "/loften/gatlyktor-lagas/holls-inte",
    "/redaktion/loften",
]
# Files that programs, and pages of others, may read.
DATA = [
    "/oppna-data/loften.csv",
    "/oppna-data/loften.json",
    "/oppna-data/ordlista.json",
    "/oppna-data/katalog.ttl",
    "/loften/gatlyktor-lagas/utfall.csv?period=ar",
    "/loften/gatlyktor-lagas/utfall.json",
    "/loften/gatlyktor-lagas/fall.csv",
    "/loften/andringar.atom",
    "/api/v1/openapi.json",
    "/api/v1/pledges",
    "/api/v1/pledges/gatlyktor-lagas",
    "/api/v1/pledges/gatlyktor-lagas/outcomes",
]


def policy() -> dict[str, list[str]]:
    return {words[0]: words[1:] for words in (part.split() for part in POLICY.split("; "))}


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers_of_a_top_grade(looked_at: Demo, path: str):
    headers = looked_at.app.test_client().get(path).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] in ("strict-origin-when-cross-origin", "no-referrer")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"] and "geolocation=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"]
    assert "Server" not in headers and "X-Powered-By" not in headers


@pytest.mark.parametrize("path", DATA)
def test_data_is_guarded_but_free_and_not_sent_again_while_it_is_the_same(looked_at: Demo, path: str):
    stranger = looked_at.app.test_client()
    headers = stranger.get(path).headers
    assert headers["Content-Security-Policy"] == POLICY and headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers and headers["Cache-Control"]
    if not path.endswith(".atom"):
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    again = stranger.get(path, headers={"If-None-Match": headers["ETag"]})
    assert again.status_code == 304 and not again.data


def test_the_policy_lets_in_nothing_but_our_own():
    allowed = policy()
    assert allowed["default-src"] == ["'none'"]
    assert allowed["frame-ancestors"] == allowed["base-uri"] == ["'none'"]
    assert allowed["form-action"] == ["'self'"]
    for directive, sources in allowed.items():
        assert set(sources) <= {"'none'", "'self'", "data:"}, directive
    assert all("data:" not in allowed[name] for name in ("script-src", "style-src"))


def test_files_of_our_own_are_guarded_too_and_kept_for_good(looked_at: Demo):
    sheet = Visitor(looked_at.app).get("/").find("link", rel="stylesheet")
    assert sheet is not None
    with looked_at.app.test_client() as client, client.get(str(sheet["href"])) as named:
        assert named.status_code == 200
        assert named.headers["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in named.headers["Cache-Control"]
    with looked_at.app.test_client() as client, client.get("/static/site.css") as unnamed:
        assert "immutable" not in unnamed.headers["Cache-Control"]


def test_a_case_is_stored_nowhere_and_its_address_told_to_nobody(looked_at: Demo):
    headers = looked_at.app.test_client().get(looked_at.tracker()).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]


def secure(home: Path, database: Database) -> Flask:
    environ = {
        "PORTAL_HOME": str(home),
        "PORTAL_SECRET_KEY": "only-for-these-tests",
        "PORTAL_BASE_URL": "https://ekdala.example",
    }
    return create_app(read_settings(environ), database)


def test_a_site_on_https_asks_for_https_from_then_on(tmp_path: Path, sqlite: Database):
    headers = secure(tmp_path / "home", sqlite).test_client().get("/").headers
    told = headers["Strict-Transport-Security"]
    assert int(told.partition("max-age=")[2].partition(";")[0]) >= 31_536_000
    assert "includeSubDomains" in told


def test_no_cookie_can_be_read_by_a_script_or_sent_from_another_site(tmp_path: Path, demo: Demo):
    site = secure(tmp_path / "secure", demo.database)
    cookies = [
        *site.test_client().get("/arende").headers.getlist("Set-Cookie"),
        *signed_in_cookies(site),
    ]
    assert len(cookies) >= 3
    for cookie in cookies:
        words = {word.strip().lower() for word in cookie.split(";")[1:]}
        assert {"httponly", "secure", "path=/"} <= words, cookie
        assert words & {"samesite=lax", "samesite=strict"}, cookie


def signed_in_cookies(site: Flask) -> list[str]:
    client = site.test_client()
    form = client.get("/arbete/logga-in", base_url="https://ekdala.example")
    token = form.get_data(as_text=True).partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = client.post(
        "/arbete/logga-in",
        data={"email": "gata@ekdala.example", "password": "ekdala-demo-2026", "csrf_token": token},
        base_url="https://ekdala.example",
    )
    assert answer.status_code == 303
    return [*form.headers.getlist("Set-Cookie"), *answer.headers.getlist("Set-Cookie")]


def test_a_page_without_form_leaves_no_cookie(looked_at: Demo):
    for path in (
        "/",
        "/loften",
        "/fragor",
        "/verksamheter",
        "/tillganglighet",
        "/sok?q=sopor",
        "/statistik",
        "/oppna-data",
    ):
        assert "Set-Cookie" not in looked_at.app.test_client().get(path).headers, path


def test_a_signed_in_page_is_not_stored(demo: Demo):
    visitor = signed_in(demo.app, "admin@ekdala.example")
    visitor.get("/arbete/brev")
    assert visitor.response is not None
    assert visitor.response.headers["Cache-Control"] in ("no-store", "no-cache", "private, no-store")
