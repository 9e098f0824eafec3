"""Figures as tables for machines: the columns of every file, what they mean, and their rows as CSV and JSON. Pure."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from portal.i18n import N_, without_marks
from portal.pledgebook.figures.outcomes import version_on
from portal.pledgebook.figures.reported import is_reported
from portal.pledgebook.figures.series import PeriodFigure
from portal.pledgebook.models import Pledge, PledgeVersion
from portal.statistics.judging import Column

Cell = str | int | Decimal | bool | None


@dataclass(frozen=True)
class Word:
    """One column of a file: its name, its type in JSON, and what it means. `meaning` is a msgid."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class SeriesRow:
    """One period of one pledge."""

    pledge: Pledge
    version: PledgeVersion
    figure: PeriodFigure


SERIES: Sequence[Word] = (
    Word("lofte", "string", N_("Löftets namn i webbadressen. Det ändras aldrig.")),
    Word("lofte_kort", "string", N_("Löftet i korta ord, som det lyder i den version som gäller nu.")),
    Word("verksamhet", "string", N_("Verksamhetens namn i webbadressen. Tomt för hela kommunen.")),
    Word("period_fran", "date", N_("Periodens första dag.")),
    Word("period_till", "date", N_("Periodens sista dag. Den räknas med.")),
    Word("startade", "integer", N_("Ärenden vars tid började i perioden.")),
    Word("hallna", "integer", N_("Ärenden där löftet hölls i perioden.")),
    Word(
        "brutna",
        "integer",
        N_("Avslutade ärenden där löftet inte hölls. De räknas i perioden då den sista dagen var."),
    ),
    Word(
        "forsenade_nu",
        "integer",
        N_("Ärenden som pågår fast den sista dagen har gått. De räknas i perioden för den sista dagen."),
    ),
    Word(
        "pagar", "integer", N_("Ärenden vars tid började i perioden och som pågår i tid. De är inga utfall.")
    ),
    Word("undantagna", "integer", N_("Ärenden som undantagits av ett antecknat skäl. De är inga utfall.")),
    Word("ifragasatta", "integer", N_("Utfall som någon har sagt inte stämmer.")),
    Word("utfall", "integer", N_("Hållna, brutna och försenade nu tillsammans. Det är nämnaren.")),
    Word(
        "andel_hallna", "number", N_("Hållna delat med utfall, med tre decimaler. Avkortat, aldrig avrundat.")
    ),
    Word("median", "integer", N_("Hälften av de avslutade ärendena tog högst så här lång tid.")),
    Word("nio_av_tio", "integer", N_("Nio av tio avslutade ärenden tog högst så här lång tid.")),
    Word("andel_pausade", "number", N_("Utfall där tiden har stått still, delat med utfall.")),
    Word("hallna_utan_pauser", "integer", N_("Så många hade hållits om tiden aldrig hade stått still.")),
    Word("varde", "number", N_("Rapporterat värde, för löften som inte mäts i procent.")),
    Word("mal", "number", N_("Målet i den version som gäller nu.")),
    Word("mal_enhet", "string", N_("Vad målet är: percent, index eller persons_at_most.")),
    Word("tidsenhet", "string", N_("Enheten för median och nio av tio, till exempel working_days.")),
    Word(
        "kalla",
        "string",
        N_("Var utfallen kommer ifrån: cases, phone, survey, monitor, work_log eller text."),
    ),
    Word(
        "dold",
        "boolean",
        N_(
            "Sant när perioden inte visas: färre än fem utfall, eller för att en annan period annars kunde räknas ut."
        ),
    ),
)
DOTS: Sequence[Word] = (
    Word("lage", "string", N_("kept, broken, late eller running: hölls, bröts, försenat nu, pågår i tid.")),
    Word("tid", "integer", N_("Hur lång tid ärendet tog, eller hittills har tagit, i löftets enhet.")),
    Word("antal", "integer", N_("Så många ärenden.")),
)


def series_values(row: SeriesRow) -> Sequence[Cell]:
    """Give the values of a period, in the order of SERIES."""
    figure, version = row.figure, row.version
    department = row.pledge.department
    return (
        row.pledge.slug,
        without_marks(version.short),
        department.slug if department else "",
        figure.first.isoformat(),
        figure.last.isoformat(),
        figure.started,
        figure.kept,
        figure.broken,
        figure.late_now,
        figure.running,
        figure.excused,
        figure.contested,
        figure.outcomes,
        figure.kept_ratio,
        figure.median,
        figure.p90,
        figure.paused_share,
        figure.kept_without_pauses,
        figure.value,
        version.target,
        version.target_unit.value,
        version.unit.value if version.unit and not is_reported(version) else "",
        version.source.value,
        figure.suppressed,
    )


def series_rows(
    pledges: Iterable[Pledge], figures: Mapping[int, Sequence[PeriodFigure]], today: date
) -> list[SeriesRow]:
    """Give the periods of pledges, loaded with versions, one pledge after the other."""
    return [
        SeriesRow(pledge, version_on(pledge, today), figure)
        for pledge in pledges
        for figure in figures.get(pledge.id, ())
    ]


def as_csv(words: Sequence[Word], rows: Iterable[Sequence[Cell]]) -> str:
    """Give rows as CSV with a head: comma between columns, decimal point, nothing for what is not shown."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([word.name for word in words])
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "sant" if cell else "falskt"
    # A program for tables would run a text that begins like a formula.
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t"):
        return f"'{cell}"
    return str(cell)


def as_objects(words: Sequence[Word], rows: Iterable[Sequence[Cell]]) -> list[dict[str, Any]]:
    """Give rows as JSON objects, what is not shown as null."""
    names = [word.name for word in words]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in rows]


def _plain(cell: Cell) -> Any:
    return float(cell) if isinstance(cell, Decimal) else cell


def template_csv(pledges: Iterable[Pledge], month: date) -> str:
    """Give a file of reported figures to fill in: a row for each pledge that held in the month."""
    text = StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows.writerow([column.value for column in Column])
    for pledge in pledges:
        if is_reported(version_on(pledge, month)):
            rows.writerow([pledge.slug, f"{month:%Y-%m}", *[""] * (len(Column) - 2)])
    return text.getvalue()
