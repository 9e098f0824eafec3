"""What can be wrong with a calendar somebody has typed, in words: where it is, and what to do about it."""

from dataclasses import dataclass

from portal.i18n import N_, Text

NAME = N_("Kalenderns namn")
SEASONS, DAYS = N_("Perioder"), N_("Undantag")
FIRST_OF, LAST_OF = N_("Period %(number)s, första dag"), N_("Period %(number)s, sista dag")
WEEKDAYS_OF = (
    N_("Period %(number)s, måndag"),
    N_("Period %(number)s, tisdag"),
    N_("Period %(number)s, onsdag"),
    N_("Period %(number)s, torsdag"),
    N_("Period %(number)s, fredag"),
    N_("Period %(number)s, lördag"),
    N_("Period %(number)s, söndag"),
)
DAY_OF, HOURS_OF, REASON_OF = (
    N_("Undantag %(number)s, dag"),
    N_("Undantag %(number)s, tider"),
    N_("Undantag %(number)s, anledning"),
)

NO_NAME = N_("Skriv vad kalendern ska heta, till exempel Öppettider 2027.")
LONG_NAME = N_("Namnet är för långt. Använd högst 120 tecken.")
TOO_MANY_SEASONS = N_(
    "Det är för många perioder. Dela upp kalendern, eller ta bort perioder som har gått ut."
)
TOO_MANY_DAYS = N_("Det är för många undantag. Ta bort dagar som har varit.")
NO_DAY = N_("Här saknas en dag. Skriv år, månad och dag, till exempel 2027-06-15.")
BAD_DAY = N_("Vi förstår inte %(typed)s. Skriv år, månad och dag, till exempel 2027-06-15.")
BAD_YEAR = N_("Vi kan inte räkna med år %(year)s. Skriv ett år från 2000 till 2060.")
ENDS_FIRST = N_("Perioden slutar innan den börjar. Ändra den ena dagen.")
SEASONS_OVERLAP = N_(
    "Period %(other)s gäller redan den %(day)s. Låt den här perioden börja senare, eller den andra sluta tidigare."
)
GAP_BEFORE = N_(
    "Perioden börjar först %(day)s, och från %(start)s finns inga öppettider. Låt den börja %(start)s eller tidigare."
)
GAP_AFTER = N_(
    "Efter %(day)s finns inga öppettider. Lämna sista dagen tom, eller lägg till en period som börjar dagen efter."
)
NO_HOURS = N_(
    "Perioden har inga öppettider. Skriv tider för minst en dag. Dagar då ni har stängt skriver du som undantag."
)
BAD_HOURS = N_(
    "Vi förstår inte %(typed)s. Skriv tiderna som 08.00-12.00, 13.00-16.30. Är det stängt skriver du stängt."
)
HOURS_OVERLAP = N_("Tiderna %(one)s och %(two)s går in i varandra. Låt den ena sluta innan den andra börjar.")
CLOSES_FIRST = N_("En tid slutar innan den har börjat. Skriv när det öppnar före när det stänger.")
NEITHER = N_("Här saknas tider. Skriv när det är öppet, eller skriv stängt.")
TWICE = N_("Dagen %(day)s står redan som undantag %(other)s. Ta bort den ena.")
NO_REASON = N_("Skriv varför dagen inte är som andra. Det får alla läsa.")
LONG_REASON = N_("Anledningen är för lång. Använd högst 200 tecken.")


@dataclass(frozen=True)
class Problem:
    """What is wrong: the id of the field, where that is in words, and what to do about it."""

    field: str
    where: Text
    what: Text
