"""Kept files, as rows."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Id


class StoredFile(Base):
    """A file as kept after it was made harmless. `digest` (SHA-256, hex) is its name in the store."""

    __tablename__ = "stored_files"
    id: Mapped[Id]
    digest: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    media_type: Mapped[str]
    name: Mapped[str]
    kept_at: Mapped[datetime]
