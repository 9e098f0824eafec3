"""The composition root: the only place that knows every feature. What stands here runs; nothing else does."""

from pathlib import Path

from flask import Flask, Response, request

from forms.loader import load_forms
from portal.accounts.feature import FEATURE as ACCOUNTS
from portal.api.feature import FEATURE as API
from portal.authoring.feature import FEATURE as AUTHORING
from portal.calendars.feature import FEATURE as CALENDARS
from portal.cases.feature import FEATURE as CASES
from portal.cli import main as command
from portal.contests.feature import FEATURE as CONTESTS
from portal.db import Database
from portal.departments.feature import FEATURE as DEPARTMENTS
from portal.eservices.feature import FEATURE as ESERVICES
from portal.faq.feature import FEATURE as FAQ
from portal.feature import Feature
from portal.files.feature import FEATURE as FILES
from portal.home.feature import FEATURE as HOME
from portal.house import House
from portal.pledgebook.feature import FEATURE as PLEDGEBOOK
from portal.search.feature import search_feature
from portal.services.feature import FEATURE as SERVICES
from portal.settings import Settings
from portal.statistics.feature import statistics_feature
from portal.web.errors import handle_errors
from portal.web.language import LanguagePrefix
from portal.web.logs import log_requests
from portal.web.portal import KEY, Portal, close_reader
from portal.web.render import STATIC, prepare_templates
from portal.web.security import protect
from portal.workspace.feature import FEATURE as WORKSPACE

SEARCHED: tuple[Feature, ...] = (PLEDGEBOOK, FAQ, SERVICES, DEPARTMENTS)
FEATURES: tuple[Feature, ...] = (
    HOME,
    WORKSPACE,
    API,
    AUTHORING,
    CONTESTS,
    ESERVICES,
    CASES,
    CALENDARS,
    *SEARCHED,
    search_feature(SEARCHED),
    FILES,
    ACCOUNTS,
    # Last, since its sweep waits for an answer from the site itself.
    statistics_feature(SEARCHED),
)
LARGEST_REQUEST = 1_000_000
# What is written beside pictures: so far above every limit that the page can give it back with its limit.
LARGEST_TEXTS = 3_000_000
ONE_YEAR = 31_536_000


def create_app(settings: Settings, database: Database) -> Flask:
    """Put the site together on a database."""
    app = Flask(
        "portal", root_path=str(Path(__file__).parent), static_folder=str(STATIC), static_url_path="/static"
    )
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_REQUEST, MAX_FORM_MEMORY_SIZE=LARGEST_TEXTS, SEND_FILE_MAX_AGE_DEFAULT=0
    )
    app.extensions[KEY] = Portal(settings, database, FEATURES, load_forms())
    # A redirect would lead to whatever host the request names.
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    log_requests(app)
    protect(app, settings)
    handle_errors(app)
    prepare_templates(app, FEATURES)
    for feature in FEATURES:
        for blueprint in feature.blueprints:
            app.register_blueprint(blueprint)
    app.teardown_request(close_reader)
    app.after_request(_keep_static)
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _keep_static(response: Response) -> Response:
    """Let browsers keep a file for good when its address names its content."""
    if request.endpoint == "static" and request.args.get("v"):
        response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response


def main() -> None:
    """Run the `portal` command."""
    command(House(FEATURES, create_app))
