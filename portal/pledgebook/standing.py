"""How all the pledges stand, in one breath: first what is kept, then what is not, then what is not known."""

from collections.abc import Iterator

from portal.i18n import Language
from portal.pledgebook.figures.outcomes import Summary


def standing_of(summary: Summary, language: Language) -> str:
    """Give the sum of all pledges as sentences; what is measured stands between asterisks, to be set bold."""
    return " ".join((*_kept(summary, language), *_not_kept(summary, language), *_unknown(summary, language)))


def _kept(summary: Summary, language: Language) -> Iterator[str]:
    known = summary.held + summary.near + summary.broken
    if known:
        text = language.ngettext(
            "Just nu håller vi *%(held)s* av %(known)s löfte som vi har siffror för.",
            "Just nu håller vi *%(held)s* av de %(known)s löften som vi har siffror för.",
            known,
        )
        yield text % {"held": language.number(summary.held), "known": language.number(known)}
    else:
        text = language.ngettext(
            "Vi har %(total)s löfte till dig som bor här.",
            "Vi har %(total)s löften till dig som bor här.",
            summary.total,
        )
        yield text % {"total": _word(summary.total, language)}


def _not_kept(summary: Summary, language: Language) -> Iterator[str]:
    near, broken = _word(summary.near, language), _word(summary.broken, language)
    if summary.near and summary.broken:
        text = language.ngettext(
            "%(near)s är nära och %(broken)s håller vi inte.",
            "%(near)s är nära och %(broken)s håller vi inte.",
            summary.near,
        )
        yield text % {"near": near.capitalize(), "broken": broken}
    elif summary.near:
        text = language.ngettext("%(near)s är nära.", "%(near)s är nära.", summary.near)
        yield text % {"near": near.capitalize()}
    elif summary.broken:
        yield language.gettext("%(broken)s håller vi inte.") % {"broken": broken.capitalize()}


def _unknown(summary: Summary, language: Language) -> Iterator[str]:
    few, unmeasured = summary.too_few, summary.not_measured
    values = {"few": _word(few, language), "unmeasured": _word(unmeasured, language)}
    if few and unmeasured:
        text = language.gettext(
            "Av de andra har %(few)s för få fall för att visas och %(unmeasured)s mäts inte än."
        )
    elif few:
        text = language.ngettext(
            "%(few)s har för få fall för att visas.", "%(few)s har för få fall för att visas.", few
        )
    elif unmeasured:
        text = language.ngettext("%(unmeasured)s mäts inte än.", "%(unmeasured)s mäts inte än.", unmeasured)
    else:
        return
    said = text % values
    yield said[:1].upper() + said[1:]


def _word(number: int, language: Language) -> str:
    """Give a number of pledges, each "ett löfte", as a word up to twelve, then in figures."""
    return language.count_word(number, neuter=True)
