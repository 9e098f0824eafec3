"""Marks the Swedish texts of this package for translation; whoever shows them translates."""


def N_(msgid: str) -> str:  # noqa: N802  the name every extractor knows
    """Give the msgid back unchanged: the call only shows the extractor where it stands."""
    return msgid
