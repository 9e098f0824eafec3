"""What the tests of letters stand on."""

from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from portal.db import Database
from portal.outbox.delivery import PostOffice
from tests.portal.outbox.post import SENDER, HandClock, MailServer, Memory, free_port


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A real mail server on this machine."""
    server = MailServer()
    server.port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    yield server
    controller.stop()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def channel() -> Memory:
    return Memory()


@pytest.fixture
def office(database: Database, channel: Memory, clock: HandClock) -> PostOffice:
    """A post office that hands its letters to the channel that remembers."""
    return PostOffice(database, channel, SENDER, clock)
