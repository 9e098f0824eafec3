from datetime import date

from portal.pledgebook.facets import Wish, areas_of, chosen, facets_of, wish_of
from portal.pledgebook.models import Grain, Pledge, Tally, TallyState
from portal.pledgebook.queries import pledges_with_outcome
from tests.builders import a_department, a_pledge, a_service

TODAY = date(2026, 11, 20)
MONTH = date(2026, 11, 1)


def outcomes(db):
    """Three pledges: holes (kept, something broken), refuse (broken, living), answers by all (too few)."""
    holes = a_pledge(db, slug="hal")
    refuse = a_pledge(db, a_service(db, a_department(db, "avfall", "Avfall"), "sopor"), "sopor")
    answers = a_pledge(db, a_service(db, a_department(db, "x", "X"), "y"), "svar")
    situations = {holes: ["trasigt", "trafik-resor"], refuse: ["bygga-bo"], answers: ["kontakt"]}
    for version, keys in situations.items():
        db.get_one(Pledge, version.pledge_id).life_situations = keys
    db.get_one(Pledge, answers.pledge_id).department_id = None
    for version, state in ((holes, TallyState.KEPT), (refuse, TallyState.BROKEN)):
        ids = {"pledge_id": version.pledge_id, "version_id": version.id}
        db.add(Tally(**ids, grain=Grain.MONTH, state=state, day=MONTH, due=MONTH, length=3, count=9))
    db.flush()
    db.expire_all()
    return pledges_with_outcome(db, TODAY)


def slugs(found) -> list[str]:
    return [outcome.pledge.slug for outcome in found]


def test_each_way_to_choose_narrows_the_others(db):
    found = outcomes(db)
    by_outcome, by_life, by_department = facets_of(found, Wish())
    assert {option.key: option.count for option in by_outcome.options} == {
        "holls": 1,
        "holls-inte": 1,
        "for-fa": 1,
    }
    assert {option.key: option.count for option in by_life.options} == {
        "trasigt": 1,
        "bygga-bo": 1,
        "trafik-resor": 1,
        "kontakt": 1,
    }
    # What the whole municipality promises holds for every department too.
    counts = {option.key: option.count for option in by_department.options}
    assert counts == {"hela-kommunen": 1, "avfall": 2, "gator-trafik": 2}
    _, by_life, _ = facets_of(found, Wish(utfall="holls"))
    assert [option.key for option in by_life.options] == ["trasigt", "trafik-resor"]


def test_choices_are_combined(db):
    found = outcomes(db)
    assert slugs(chosen(found, Wish(verksamhet="avfall"))) == ["sopor", "svar"]
    assert slugs(chosen(found, Wish(verksamhet="avfall", utfall="holls-inte"))) == ["sopor"]
    assert slugs(chosen(found, Wish(verksamhet="avfall", handelse="trasigt"))) == []
    assert slugs(chosen(found, Wish(verksamhet="hela-kommunen"))) == ["svar"]


def test_an_option_keeps_what_else_was_chosen_and_can_be_undone(db):
    by_outcome, by_life, _ = facets_of(outcomes(db), Wish(handelse="trasigt", utfall="holls"))
    assert by_life.chosen is not None
    assert by_life.all == Wish(utfall="holls")
    assert by_outcome.options[0].wish.address() == {"handelse": "trasigt", "utfall": "holls"}


def test_a_word_that_chooses_nothing_shows_more_and_not_less(db):
    asked = {"verksamhet": "finns-inte", "handelse": "<script>", "utfall": "holls"}
    assert wish_of(asked, outcomes(db)) == Wish(utfall="holls")


def test_the_chosen_department_stands_first(db):
    found = outcomes(db)
    assert [area.slug for area in areas_of(found)] == ["", "avfall", "gator-trafik"]
    assert [area.slug for area in areas_of(found, "gator-trafik")] == ["gator-trafik", "", "avfall"]
