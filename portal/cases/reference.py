"""Case references: short enough to say over the phone, with a sign that finds a slip of the tongue."""

import secrets

# No 0 and O, 1 and I and L, U: signs that are taken for one another when read, heard or written by hand.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 5
PRIME = 29


def new_reference(prefix: str) -> str:
    """Give a random reference such as FEL-2K7Q-9M; the last sign checks the others."""
    return assemble(prefix, "".join(secrets.choice(SIGNS) for _ in range(LENGTH)))


def assemble(prefix: str, body: str) -> str:
    """Give the reference with five signs `body`, its check sign added."""
    return f"{prefix}-{body[:4]}-{body[4:]}{check_sign(prefix + body)}"


def check_sign(signs: str) -> str:
    """Give the check sign: the place of each sign among the signs, weighted by where it stands, summed modulo 29.

    29 is prime, so a single wrong sign or two neighbours that changed places nearly always give another check sign.
    """
    return SIGNS[sum(place * ord(sign) for place, sign in enumerate(signs, 1)) % PRIME]


def tidy(typed: str) -> str:
    """Give a reference as it is stored from what somebody typed: spaces, dashes and small letters forgiven."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    if len(signs) != 3 + LENGTH + 1:
        return typed.strip().upper()
    return f"{signs[:3]}-{signs[3:7]}-{signs[7:]}"
