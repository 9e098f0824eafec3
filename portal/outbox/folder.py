"""Letters as files, for a portal without a mail server."""

import os
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from portal.outbox.channel import NotDelivered


@dataclass(frozen=True)
class FolderChannel:
    """A folder that keeps each letter as one .eml file, named by when it was written and its Message-ID."""

    folder: Path

    def deliver(self, message: EmailMessage) -> None:
        """Keep one message. The same message again becomes the same file. Raises NotDelivered when it cannot be kept."""
        name = f"{message['Date'].datetime:%Y%m%d-%H%M%S}-{message['Message-ID'].strip('<>').partition('@')[0]}.eml"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write(self.folder / name, message.as_bytes())
        except OSError as error:
            raise NotDelivered(f"{type(error).__name__}: {error.strerror}") from error


def _write(path: Path, content: bytes) -> None:
    """Write beside and move into place, so that nobody ever reads half a letter."""
    beside = path.with_suffix(f".{os.getpid()}.part")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
