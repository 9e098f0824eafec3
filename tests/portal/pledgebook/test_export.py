"""Pledges written out and read in again are the same pledges."""

import json
import tomllib
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select

from portal.errors import ContentError
from portal.pledgebook.content import import_pledges
from portal.pledgebook.export import as_toml, export_pledges
from portal.pledgebook.models import Pledge, PledgeScope, PledgeVersion
from tests.builders import a_pledge, a_service, staff

AT = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def _book(db) -> None:
    service = a_service(db)
    version = a_pledge(
        db,
        service,
        promise='Trasiga "lyktor" \\ lagas\tinom *tio arbetsdagar*.',
        content=["Ett stycke.", "Två stycken.\nMed radbrott."],
        compensation=[{"kind": "fee_reduction", "share": "1/5", "per": "once", "most": "1"}],
        law={"amount": 10, "unit": "weeks", "reference": "PBL 9 kap.", "verified": False, "key": "bygglov"},
        published_at=AT,
        valid_to=date(2026, 12, 31),
        withdrawn_reason="Vi har inga bilar.",
    )
    pledge = db.get_one(Pledge, version.pledge_id)
    pledge.keeper_id, pledge.life_situations = staff(db).id, ["trasigt"]
    pledge.paused_reason = "Mätaren är trasig."
    db.flush()


def _empty(db) -> None:
    db.execute(delete(PledgeScope))
    db.execute(delete(PledgeVersion))
    db.execute(delete(Pledge))
    db.expunge_all()


@pytest.mark.parametrize("form", ["toml", "json"])
def test_what_is_written_out_comes_back_the_same(db, form):
    _book(db)
    written = export_pledges(db)
    text = as_toml(written) if form == "toml" else json.dumps(written)
    _empty(db)
    values = tomllib.loads(text) if form == "toml" else json.loads(text)
    assert import_pledges(db, values, AT) == 1
    db.expire_all()
    assert export_pledges(db) == written
    version = db.scalars(select(PledgeVersion)).one()
    assert version.published_at == AT and version.compensation[0]["share"] == "1/5"


def test_reading_in_over_what_is_there_changes_nothing(db):
    _book(db)
    written = export_pledges(db)
    import_pledges(db, tomllib.loads(as_toml(written)), AT)
    db.expire_all()
    assert export_pledges(db) == written


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"compensation": [{"kind": "fee_reduction"}]}, "compensation must be a list of rules"),
        ({"compensation": "ursäkt"}, "compensation must be a list of tables"),
        ({"starts_at": "later"}, "starts_at must be one of"),
        ({"published_at": "2026-11-24T07:52:00"}, "published_at must say its offset"),
        ({"published_at": "i går"}, "published_at must be a moment"),
    ],
)
def test_what_cannot_be_is_refused_with_its_key(db, change, said):
    _book(db)
    written = export_pledges(db)
    written["pledge"][0]["version"][0] |= change
    with pytest.raises(ContentError, match=said):
        import_pledges(db, written, AT)


def test_a_keeper_whom_nobody_knows_is_refused(db):
    _book(db)
    written = export_pledges(db)
    written["pledge"][0]["keeper"] = "ingen@ekdala.example"
    with pytest.raises(ContentError, match=r"keeper names 'ingen@ekdala\.example'"):
        import_pledges(db, written, AT)
