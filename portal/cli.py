"""The `portal` command: what an operator types."""

import json
import logging
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.exc import OperationalError

from portal.accounts.actions import add_staff
from portal.accounts.rules import Grant, Role
from portal.cases.measuring import is_uncounted, measure
from portal.clock import now
from portal.demo.loading import DEMO_PASSWORD, DEMO_STAFF, is_empty, load_demo
from portal.departments.queries import department_ids
from portal.errors import ContentError, PortalError
from portal.faq.actions import export_answers, import_answers
from portal.house import House
from portal.migrations import upgrade
from portal.outbox.jobs import run_sweeps
from portal.pledgebook.content import import_pledges
from portal.pledgebook.export import as_toml, export_pledges
from portal.pledgebook.queries import pledge_by_slug
from portal.search.indexing import collect, index_folder, rebuild, sources_of
from portal.serving import serve_site
from portal.settings import masked
from portal.web.logs import start_logging

needs_house = click.make_pass_decorator(House)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """Löftesportalen: pledges, cases opened under them, and whether they were kept."""


@cli.command()
@needs_house
def migrate(house: House) -> None:
    """Bring the database to the newest shape, and count the cases anew when the new shape asks for it."""
    _renew(house)


def _renew(house: House) -> None:
    upgrade(house.database)
    with house.database.reader() as db:
        if not is_uncounted(db):
            return
    click.echo("  Counting every case anew, this once")
    with house.database.transaction() as db:
        measure(db, _progress())


@cli.command()
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8000, show_default=True)
@click.option(
    "--cases", type=click.IntRange(0, 1_000_000), default=1200, show_default=True, help="Of the demo."
)
@needs_house
def run(house: House, port: int, cases: int) -> None:
    """Start everything on this machine: database, demo municipality if it is empty, site and worker."""
    start_logging(logging.WARNING)
    house.listens_on(port)
    _renew(house)
    if is_empty(house.database):
        click.echo(f"  Demo municipality with {cases} cases, this once")
        load_demo(house.database, house.settings, cases=cases, seed=1, at=now())
    _greet(house)
    serve_site(house.create_app(house.settings, house.ready), house.jobs(), port=port, worker=True)


def _greet(house: House) -> None:
    letters = house.settings.smtp_url or str(house.settings.letters)
    click.echo(f"\n  The site        {house.settings.base_url}")
    click.echo(f"  For staff       {house.settings.base_url}/arbete/")
    for person in DEMO_STAFF:
        click.echo(f"                  {person.email:<28} {person.title}")
    click.echo(f"  Password        {DEMO_PASSWORD}")
    click.echo(f"  Letters         {house.settings.base_url}/arbete/brev, as admin; files in {letters}")
    click.echo("  Stop            Ctrl-C\n")


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8000, show_default=True)
@needs_house
def serve(house: House, host: str, port: int) -> None:
    """Serve the site only; `portal worker` runs beside it."""
    start_logging()
    house.listens_on(port)
    serve_site(
        house.create_app(house.settings, house.ready), house.jobs(), host=host, port=port, worker=False
    )


@cli.command()
@needs_house
def worker(house: House) -> None:
    """Deliver letters and sweep, until stopped."""
    start_logging()
    house.jobs().consumer(house.settings.workers).run()


@cli.command()
@click.option("--cases", type=click.IntRange(0, 1_000_000), default=1200, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@needs_house
def demo(house: House, cases: int, seed: int) -> None:
    """Fill an empty database with Ekdala kommun and a history of cases, the same for the same seed."""
    upgrade(house.database)
    if not is_empty(house.database):
        raise click.ClickException("The database is not empty. The demo is only for an empty one.")
    load_demo(house.database, house.settings, cases=cases, seed=seed, at=now(), tell=_progress())


def _progress() -> Callable[[int, int], None]:
    """Give a teller of progress: one line that moves on a terminal, plain lines elsewhere."""
    moving = sys.stdout.isatty()

    def tell(done: int, of: int) -> None:
        if moving:
            click.echo(f"\r  {done} of {of}", nl=done == of)
        elif done == of or done % 1000 == 0:
            click.echo(f"  {done} of {of}")

    return tell


@cli.command()
@needs_house
def sweep(house: House) -> None:
    """Look for what has run out now: broken promises, old drafts, letters left behind."""
    click.echo(f"{run_sweeps(house.ready, house.sweeps, house.settings, now())} rows moved")


@cli.command()
@needs_house
def check(house: House) -> None:
    """Recompute every cache from its facts; exit with 1 if any differs."""
    found = 0
    with house.ready.reader() as db:
        for feature in house.features:
            for one in feature.checks:
                for line in one.differences(db, now()):
                    click.echo(f"{one.name}: {line}")
                    found += 1
    click.echo(f"{found} differences" if found else "No differences")
    sys.exit(1 if found else 0)


@cli.command("measure")
@click.option("--all", "everything", is_flag=True, help="Every case.")
@click.option("--pledge", default="", help="Only the cases of one pledge, by its name in addresses.")
@needs_house
def measure_cases(house: House, everything: bool, pledge: str) -> None:
    """Count how promises were kept anew, from the events of the cases; what differs is corrected."""
    if everything == bool(pledge):
        raise click.UsageError("Say which cases: --all, or --pledge and its name.")
    with house.ready.transaction() as db:
        pledge_id = pledge_by_slug(db, pledge).id if pledge else None
        done = measure(db, _progress(), pledge_id)
    click.echo(f"{done.cases} cases measured, {done.corrected} values and {done.counts} counts corrected")


@cli.command()
@needs_house
def reindex(house: House) -> None:
    """Build the search index anew from what is in the database."""
    with house.ready.reader() as db:
        entries = collect(db, sources_of(house.features), now())
    rebuild(index_folder(house.settings), entries)
    click.echo(f"{len(entries)} things can be found")


@cli.command()
@needs_house
def settings(house: House) -> None:
    """Show every setting; passwords and keys are masked."""
    for name, value in masked(house.settings).items():
        click.echo(f"{name}={value}")


@cli.group()
def staff() -> None:
    """The people who work here."""


def _address(context: click.Context, parameter: click.Parameter, typed: str) -> str:
    """Give an e-mail address as it is written. Refuses what is none; whether somebody reads it is not asked."""
    try:
        return validate_email(typed, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError as error:
        raise click.BadParameter(f"{typed} is no e-mail address: {error}") from error


@staff.command("add")
@click.argument("email", callback=_address)
@click.option("--name", required=True)
@click.option("--title", default="")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option(
    "--department", default="", help="The department's name in addresses; left out: every department."
)
@click.password_option(help="Asked for when left out.")
@needs_house
def staff_add(
    house: House, email: str, name: str, title: str, role: str, department: str, password: str
) -> None:
    """Add somebody, with one role."""
    with house.ready.transaction() as db:
        known = department_ids(db)
        if department and department not in known:
            raise click.BadParameter(f"no department {department}; there are: {', '.join(sorted(known))}")
        grant = Grant(Role(role), known[department] if department else None)
        add_staff(
            db, email=email, name=name, title=title, phone="", password=password, grants=[grant], at=now()
        )


@cli.group()
def faq() -> None:
    """Questions and answers."""


@faq.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@needs_house
def faq_import(house: House, file: Path) -> None:
    """Add or replace answers from a JSON file."""
    try:
        entries: Any = json.loads(file.read_text("utf-8"))
        with house.ready.transaction() as db:
            click.echo(f"{import_answers(db, entries, now())} answers")
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise click.ClickException(f"{file} is not JSON that can be read: {error}") from error
    except ContentError as error:
        raise click.ClickException(f"{file}: {error}") from error


@faq.command("export")
@needs_house
def faq_export(house: House) -> None:
    """Write every answer as JSON."""
    with house.ready.reader() as db:
        click.echo(json.dumps(export_answers(db), ensure_ascii=False, indent=1))


@cli.group()
def pledges() -> None:
    """What is promised, version by version."""


FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@pledges.command("import")
@click.argument("file", type=FILE)
@needs_house
def pledges_import(house: House, file: Path) -> None:
    """Add pledges and new versions from a TOML or JSON file; a version that has begun is never changed."""
    try:
        read = json.loads if file.suffix == ".json" else tomllib.loads
        values: Any = read(file.read_text("utf-8"))
        if not isinstance(values, dict):
            raise ContentError("must be a table that holds pledge")
        with house.ready.transaction() as db:
            click.echo(f"{import_pledges(db, values, now())} pledges")
    except (OSError, ValueError, RecursionError) as error:
        raise click.ClickException(f"{file} cannot be read: {error}") from error
    except ContentError as error:
        raise click.ClickException(f"{file}: {error}") from error


@pledges.command("export")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@needs_house
def pledges_export(house: House, file: Path) -> None:
    """Write every pledge with all its versions to a TOML file, or to JSON when its name ends so."""
    with house.ready.reader() as db:
        values = export_pledges(db)
    text = json.dumps(values, ensure_ascii=False, indent=1) if file.suffix == ".json" else as_toml(values)
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error}") from error
    click.echo(f"{len(values['pledge'])} pledges")


def main(house: House) -> None:
    """Run the command that was typed; what cannot be done ends it with a sentence, never with a trace."""
    try:
        cli(obj=house)
    except PortalError as error:
        _end(str(error))
    except OperationalError as error:
        _end(f"PORTAL_DATABASE_URL: the database cannot be used ({' '.join(str(error.orig).split())})")


def _end(sentence: str) -> NoReturn:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(1)
