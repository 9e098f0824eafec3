"""Every page a person can reach by following links is there, is whole, and stays in the person's language."""

from collections import deque
from collections.abc import Iterable
from urllib.parse import urldefrag, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import select
from werkzeug.routing import RequestRedirect

from portal.faq.models import Answer, Visibility
from tests.site.demo import STAFF, Demo
from tests.site.wellformed import TEXTS, must_be_well_formed
from tests.visitor import Visitor

# Pages beyond these are asked for, and not followed further; files are always looked at.
MOST_PAGES = 400
BY_LINK_ALONE = {"cases.track", "cases.file", "eservices.review", "eservices.receipt"}
BY_LINK_ALONE |= {"contests.receipt"}
BY_LINK_ALONE |= {"print.pledge", "print.department", "print.pledges"}  # when no PDF could be made
FOR_MACHINES = {"static", "home.health", "home.robots", "home.icon"}
# Found by the document that describes them, and asked for by `test_every_address_of_the_api_answers`.
FOR_MACHINES |= {"api.pledges", "api.pledge", "api.outcomes"}


class Crawl:
    """Follows every link from the first page of a language, and remembers what was found."""

    def __init__(self, demo: Demo, language: str) -> None:
        self.visitor = Visitor(demo.app)
        self.routes = demo.app.url_map.bind("localhost")
        self.prefix = "" if language == "sv" else f"/{language}"
        self.language = language
        self.waiting = deque([f"{self.prefix}/"])
        self.known = set(self.waiting)
        self.ids: dict[str, set[str]] = {}
        self.fragments: dict[str, str] = {}
        self.kinds: set[str] = set()
        self.files: set[str] = set()

    def run(self) -> None:
        """Visit until nothing new is found."""
        while self.waiting:
            path = self.waiting.popleft()
            if self._is_known_pdf(path):
                continue
            self.kinds.add(self._kind(path))
            has_room = len(self.ids) < MOST_PAGES or "." in urlsplit(path).path
            self._look(path) if has_room else self._ask(path)

    def _look(self, path: str) -> None:
        """Look at a page, or at a file for machines."""
        answer = self.visitor.fetch(path, headers={"Accept-Language": self.language}, follow_redirects=True)
        if answer.mimetype == "text/html":
            self._read(self.visitor.soup, path)
        else:
            self.files.add(answer.mimetype)
            must_be_well_formed(answer, path)

    def _read(self, page: BeautifulSoup, path: str) -> None:
        assert page.html is not None and page.html["lang"] == self.language, path
        self.ids[path] = {str(tag["id"]) for tag in page.find_all(id=True)}
        for link in self._links(page, path):
            if link not in self.known:
                self.known.add(link)
                self.waiting.append(link)

    def _is_known_pdf(self, path: str) -> bool:
        """Tell whether a path is a PDF; the first of each kind is fetched, since each takes its time to make."""
        if not urlsplit(path).path.endswith(".pdf"):
            return False
        kind = self._kind(path)
        if kind not in self.kinds:
            self.kinds.add(kind)
            self._look(path)
        return True

    def _ask(self, path: str) -> None:
        answer = self.visitor.client.head(path, follow_redirects=True)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"

    def _links(self, page: BeautifulSoup, path: str) -> Iterable[str]:
        for tag in page.find_all("a"):
            address, fragment = urldefrag(str(tag["href"]))
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                assert parts.scheme in ("mailto", "tel", "https"), f"{path}: {tag}"
                assert parts.path.strip("+") or parts.netloc, f"{path}: leads nowhere: {tag}"
                continue
            target = address or path
            if fragment:
                self.fragments[f"{target}#{fragment}"] = path
            if tag.has_attr("hreflang"):
                continue
            self._must_stay(target, path, tag)
            yield target

    def _must_stay(self, target: str, path: str, tag: Tag) -> None:
        assert target.startswith(f"{self.prefix}/"), f"{path}: leaves the language: {tag}"

    def _kind(self, path: str) -> str:
        try:
            return str(self.routes.match(urlsplit(path.removeprefix(self.prefix)).path, method="GET")[0])
        except RequestRedirect:
            return "redirect"


@pytest.mark.xdist_group("crawl")
@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_link_on_the_public_site_is_dead(looked_at: Demo, language: str):
    crawl = Crawl(looked_at, language)
    crawl.run()
    unreached = everything_public(looked_at) - crawl.kinds
    assert not unreached, f"no link leads to {sorted(unreached)}"
    assert crawl.files == {"application/pdf", *TEXTS}
    astray = [
        f"{page} -> {link}"
        for link, page in crawl.fragments.items()
        if urldefrag(link)[0] in crawl.ids and urldefrag(link)[1] not in crawl.ids[urldefrag(link)[0]]
    ]
    assert not astray, astray[:5]


def everything_public(demo: Demo) -> set[str]:
    """Give every page that anybody may open without knowing an address beforehand."""
    return {
        rule.endpoint
        for rule in demo.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith(STAFF)
    } - (BY_LINK_ALONE | FOR_MACHINES)


def test_every_address_of_the_api_answers(looked_at: Demo):
    """What the document describes is there, and what is there is described."""
    client = looked_at.app.test_client()
    described = client.get("/api/v1/openapi.json").get_json()["paths"]
    rules = [rule for rule in looked_at.app.url_map.iter_rules() if rule.endpoint.startswith("api.")]
    there = {rule.rule.removeprefix("/api/v1").replace("<slug>", "{slug}") for rule in rules}
    assert set(described) == there
    slugs = [pledge["slug"] for pledge in client.get("/api/v1/pledges").get_json()["pledges"]]
    assert len(slugs) > 5
    for path in described:
        for slug in slugs if "{slug}" in path else [""]:
            answer = client.get(f"/api/v1{path.replace('{slug}', slug)}")
            assert answer.status_code == 200, path
            must_be_well_formed(answer, path)


def test_what_the_api_does_not_have_is_told_as_json(looked_at: Demo):
    for path in ("/api/v1/pledges/finns-inte", "/api/v1/pledges/finns-inte/outcomes", "/api/v1/x", "/api/v1"):
        answer = looked_at.app.test_client().get(path)
        assert answer.status_code == 404 and answer.mimetype == "application/problem+json", path
        assert answer.get_json()["status"] == 404


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("from=20266-01-01", "from"),
        ("to=2026-13", "to"),
        ("from=i%20g%C3%A5r", "from"),
        ("from=2026-10&to=2026-01", "from"),
        ("period=vecka", "period"),
    ],
)
@pytest.mark.parametrize("place", ["/loften/gatlyktor-lagas/utfall.csv", "/oppna-data/loften.json"])
def test_a_question_about_figures_that_makes_no_sense_is_told_by_its_part(
    looked_at: Demo, place: str, question: str, field: str
):
    answer = looked_at.app.test_client().get(f"{place}?{question}")
    assert answer.status_code == 422 and answer.mimetype == "application/problem+json"
    (told,) = answer.get_json()["errors"]
    assert told["field"] == field and len(told["message"]) > 20


def test_a_page_shows_the_way_to_itself_in_the_other_language(looked_at: Demo):
    page = Visitor(looked_at.app).get("/loften")
    there = page.find("a", hreflang="en")
    assert isinstance(there, Tag)
    back = Visitor(looked_at.app).get(str(there["href"])).find("a", hreflang="sv")
    assert isinstance(back, Tag)
    assert back["href"] == "/loften"


@pytest.mark.parametrize("path", ["/sok?q=", "/sok?q=sopor", "/sok?q=%F0%9F%A6%86", "/sok?q=" + "a" * 300])
def test_any_search_gives_a_page(looked_at: Demo, path: str):
    Visitor(looked_at.app).get(path)
    Visitor(looked_at.app).get(f"/en{path}")


@pytest.mark.parametrize(
    "path",
    [
        "/loften/finns-inte",
        "/loften/finns-inte.pdf",
        "/loften/finns-inte/utfall.csv",
        "/loften/finns-inte/fall.csv",
        "/loften/finns-inte/holls-inte",
        "/loften/gatlyktor-lagas/utfall.xlsx",
        "/fragor/finns-inte",
        "/verksamheter/x",
        "/organisationer/x",
        "/e-tjanster/x",
        "/oppna-data/x.csv",
        "/xx",
    ],
)
def test_what_is_not_there_is_said_to_be_missing(looked_at: Demo, path: str):
    Visitor(looked_at.app).get(path, status=404)
    Visitor(looked_at.app).get(f"/en{path}", status=404)


def test_internal_answers_are_on_no_public_page(looked_at: Demo):
    with looked_at.reader() as db:
        slugs = db.scalars(select(Answer.slug).where(Answer.visibility == Visibility.INTERNAL)).all()
    assert slugs, "the demo has internal answers to look for"
    for slug in slugs:
        Visitor(looked_at.app).get(f"/fragor/{slug}", status=404)
