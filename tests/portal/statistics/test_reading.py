"""A file of reported figures: what is read, and every way in which it is refused."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.i18n import language
from portal.pledgebook.figures.reported import reported_of
from portal.pledgebook.models import ReportedFigure, TargetUnit
from portal.statistics import actions, queries
from portal.statistics.reading import Known, UnreadableFile, read_sheet, text_of
from tests.builders import a_service
from tests.conftest import NOON
from tests.portal.statistics.counted import a_reported_pledge, reported

HEAD = "lofte;manad;hallna;utfall;varde;kalla;ansvarig;anmarkning"
TODAY = date(2026, 11, 20)
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def known(db):
    """The switchboard's pledge and one with an index, both to be reported for; a third that is somebody else's."""
    service = a_service(db)
    a_reported_pledge(db, service=service)
    a_reported_pledge(
        db, "nojdhet", service, source="survey", measure="survey", target=75, target_unit=TargetUnit.INDEX
    )
    a_reported_pledge(db, "annans", service)
    return known_to(db)


def known_to(db):
    db.expire_all()
    pledges = queries.reported_pledges(db, None)
    ids = [version.id for pledge in pledges for version in pledge.versions]
    found = reported_of(db, ids, date.min, TODAY).values()
    current = {(month.version_id, month.month): month for each in found for month in each.months}
    mine = frozenset({"svar-i-telefon", "nojdhet"})
    return Known({pledge.slug: pledge for pledge in pledges}, mine, current, TODAY)


def a_file(*rows, head=HEAD):
    return "\r\n".join((head, *rows)) + "\r\n"


def faults(sheet):
    say = language("sv").say
    return [(fault.row, str(fault.column), say(fault.text)) for fault in sheet.faults]


GOOD = "svar-i-telefon;2026-10;1 834;2104;;Växelns rapport;Kundcenterchef;"


def test_a_good_file_is_read(known):
    sheet = read_sheet(a_file(GOOD, "nojdhet;2026-10;;212;74,5;Enkät;Näringslivschef;"), known)
    assert not sheet.faults
    first, second = (line.figure for line in sheet.lines)
    assert (first.month, first.kept, first.outcomes) == (OCTOBER, 1834, 2104)
    assert (second.value, second.outcomes, second.kept) == (Decimal("74.5"), 212, None)


def test_commas_and_another_order_are_read_as_well(known):
    head = "Månad,Löfte,Hållna,Utfall,Källa,Ansvarig"
    sheet = read_sheet(a_file('2026-10,svar-i-telefon,5,9,"Växeln, rapport",Chef', head=head), known)
    assert not sheet.faults
    assert sheet.lines[0].figure.source == "Växeln, rapport"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_encodings_of_spreadsheets_are_told_apart(encoding):
    assert text_of("källa;åäö".encode(encoding)) == "källa;åäö"


@pytest.mark.parametrize("content", ["lofte".encode("utf-16"), b"PK\x03\x04\x00\x00"])
def test_what_is_no_text_is_refused(content):
    with pytest.raises(UnreadableFile):
        text_of(content)


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("okant;2026-10;1;2;;K;A;", "lofte", "finns inte"),
        ("annans;2026-10;1;2;;K;A;", "lofte", "Du får inte rapportera"),
        ("svar-i-telefon;2026-11;1;2;;K;A;", "manad", "är inte slut än"),
        ("svar-i-telefon;2031-01;1;2;;K;A;", "manad", "är inte slut än"),
        ("svar-i-telefon;20266-10;1;2;;K;A;", "manad", "fler än fyra siffror"),
        ("svar-i-telefon;oktober;1;2;;K;A;", "manad", "Skriv år och månad"),
        ("svar-i-telefon;2026-13;1;2;;K;A;", "manad", "Skriv år och månad"),
        ("svar-i-telefon;0000-01;1;2;;K;A;", "manad", "Skriv år och månad"),
        ("svar-i-telefon;2024-10;1;2;;K;A;", "manad", "gällde inte"),
        ("svar-i-telefon;2026-10;3;2;;K;A;", "hallna", "större än antalet utfall, 2"),
        ("svar-i-telefon;2026-10;-1;2;;K;A;", "hallna", "mindre än 0"),
        ("svar-i-telefon;2026-10;87 %;2;;K;A;", "hallna", "inte procent"),
        ("svar-i-telefon;2026-10;1,5;2;;K;A;", "hallna", "utan decimaler"),
        ("svar-i-telefon;2026-10;tre;2;;K;A;", "hallna", "Skriv bara siffror"),
        ("svar-i-telefon;2026-10;٣;2;;K;A;", "hallna", "Skriv bara siffror"),
        ("svar-i-telefon;2026-10;1;99999999999;;K;A;", "utfall", "Skriv bara siffror"),
        ("svar-i-telefon;2026-10;1;;;K;A;", "utfall", "saknas"),
        ("svar-i-telefon;2026-10;1;2;88;K;A;", "varde", "Lämna värdet tomt"),
        ("svar-i-telefon;2026-10;1;2;;;A;", "kalla", "var siffran kommer ifrån"),
        ("svar-i-telefon;2026-10;1;2;;K;;", "ansvarig", "vem som går i god"),
        ("nojdhet;2026-10;;;74,5 %;K;A;", "varde", "utan procenttecken"),
        ("nojdhet;2026-10;;;101;K;A;", "varde", "högst 100"),
        ("nojdhet;2026-10;4;;70;K;A;", "hallna", "Lämna hållna tomt"),
        ("svar-i-telefon;٢٠٢٦-10;1;2;;K;A;", "manad", "Vi förstår inte månaden"),
        ("nojdhet;2026-10;;;NaN;K;A;", "varde", "högst två decimaler"),
        ("svar-i-telefon;2026-10;1;2;;K;A", "", "7 kolumner, rubriken har 8"),
    ],
)
def test_every_fault_is_told_with_its_row_its_column_and_the_remedy(known, row, column, says):
    sheet = read_sheet(a_file(GOOD.replace("2026-10", "2026-09"), row), known)
    (fault,) = faults(sheet)
    assert fault[:2] == (3, column)
    assert says in fault[2]
    assert sheet.lines == ()


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("", "", "tom"),
        (HEAD, "", "inga siffror"),
        (a_file("x", head="lofte;manad;hallna;kalla;ansvarig;procent"), "procent", "De som finns är"),
        (a_file("x", head="lofte;hallna;utfall;kalla;ansvarig"), "manad", "saknas"),
        (a_file("x", head=HEAD + ";kalla"), "kalla", "två gånger"),
        (a_file('svar-i-telefon;2026-10;1;2;;"K;A;'), "", "Sätt ett i slutet"),
        (a_file(f"svar-i-telefon;2026-10;1;2;;K;A;{'x' * 131_073}"), "", "fler än 131072 tecken"),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused(known, text, column, says):
    found = faults(read_sheet(text, known))
    assert any(at == column and says in words for _, at, words in found), found


def test_all_that_is_wrong_in_a_row_is_told_at_once(known):
    found = faults(read_sheet(a_file("okant;20266-10;1;2;;;A;", "svar-i-telefon;2026-10;3;-2;;;;"), known))
    assert [each[:2] for each in found] == [
        (2, "lofte"),
        (2, "manad"),
        (2, "kalla"),
        (3, "utfall"),
        (3, "kalla"),
        (3, "ansvarig"),
    ]


def test_a_month_twice_in_a_file_is_refused(known):
    assert faults(read_sheet(a_file(GOOD, GOOD), known)) == [
        (3, "manad", "Löftet och månaden finns redan på rad 2. Ta bort en av raderna.")
    ]


def test_to_change_a_figure_takes_a_reason(db, known):
    version = known.pledges["svar-i-telefon"].versions[0]
    reported(db, version, OCTOBER, 1, 9)
    known = known_to(db)
    (fault,) = faults(read_sheet(a_file(GOOD), known))
    assert (fault[1], "Skriv varför" in fault[2]) == ("anmarkning", True)
    assert read_sheet(a_file(GOOD + "Växeln räknade fel."), known).lines[0].changes


def keep(db, text):
    sheet = read_sheet(text, known_to(db))
    ids = [line.figure.version_id for line in sheet.news]
    holds = queries.figures_in_force(db, ids, [line.figure.month for line in sheet.news])
    keys = [sheet.key(line, holds.get((line.figure.version_id, OCTOBER), 0)) for line in sheet.news]
    figures = [line.figure for line in sheet.news]
    return actions.record(db, dict(zip(keys, figures, strict=True)), None, NOON)


def test_the_same_file_twice_changes_nothing(db, known):
    assert keep(db, a_file(GOOD)) == 1
    assert keep(db, a_file(GOOD)) == 0
    assert len(db.scalars(select(ReportedFigure)).all()) == 1


def test_an_old_file_does_not_undo_a_correction_unasked(db, known):
    version_id = known.pledges["svar-i-telefon"].versions[0].id
    keep(db, a_file(GOOD))
    keep(db, a_file("svar-i-telefon;2026-10;1800;2104;;Växelns rapport;Kundcenterchef;Räknefel."))
    (fault,) = faults(read_sheet(a_file(GOOD), known_to(db)))
    assert "Skriv varför den ändras" in fault[2]
    (month,) = reported_of(db, [version_id], OCTOBER, OCTOBER)[version_id].months
    assert (month.kept, month.corrected) == (1800, True)


def test_the_latest_row_of_a_month_holds(db, known):
    version = known.pledges["svar-i-telefon"].versions[0]
    reported(db, version, OCTOBER, 1, 9)
    reported(db, version, OCTOBER, 7, 9, note="Räknefel")
    reported(db, version, date(2026, 9, 1), 3, 5)
    found = reported_of(db, [version.id], date(2026, 9, 1), OCTOBER)[version.id]
    assert (found.count.kept, found.count.outcomes) == (10, 14)
    assert [month.corrected for month in found.months] == [False, True]


def test_a_value_is_a_mean_weighed_by_its_answers(db, known):
    version = known.pledges["nojdhet"].versions[0]
    reported(db, version, date(2026, 9, 1), None, 30, value=Decimal("70"))
    reported(db, version, OCTOBER, None, 10, value=Decimal("80"))
    assert reported_of(db, [version.id], date(2026, 9, 1), OCTOBER)[version.id].value == Decimal("72.5")
