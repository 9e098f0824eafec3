"""Kept files over the web. A feature that owns a file decides who may have it, and calls `download`."""

from flask import Response, send_file

from portal.files.ingest import SUFFIXES
from portal.files.models import StoredFile
from portal.files.store import FileStore, FolderStore
from portal.web.portal import portal


def file_store() -> FileStore:
    """Give the store that the settings name."""
    return FolderStore(portal().settings.files)


def download(stored: StoredFile, store: FileStore) -> Response:
    """Give a kept file. Pictures made anew by us may be shown; anything else can only be saved.

    Who calls has already made sure that the reader may have it. Raises NotFound when the content is gone.
    """
    response = send_file(
        store.open(stored.digest),
        mimetype=stored.media_type,
        download_name=stored.name,
        as_attachment=stored.media_type not in SUFFIXES,
        etag=False,
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
