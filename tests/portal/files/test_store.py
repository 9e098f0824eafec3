"""Files that are kept survive; files that were never kept whole are never seen."""

import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from portal.errors import NotFound
from portal.files.actions import forget, keep, sweep_store
from portal.files.ingest import Ingested
from portal.files.models import StoredFile
from portal.files.store import FolderStore

NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def all_put_at(store, moment):
    """Let every file in the store have been put there at the moment."""
    for path in store.folder.rglob("*"):
        if path.is_file():
            os.utime(path, (moment.timestamp(), moment.timestamp()))


def content_of(store, digest):
    with store.open(digest) as file:
        return file.read()


A_PICTURE = Ingested(b"a picture", "image/jpeg", "lykta.jpg")


@pytest.fixture
def store(tmp_path):
    return FolderStore(tmp_path / "files")


def test_what_was_put_can_be_read_by_its_digest(store):
    digest = store.put(b"a picture")
    assert digest == sha256(b"a picture").hexdigest()
    assert content_of(store, digest) == b"a picture"
    assert (store.folder / digest[:2] / digest[2:4] / digest).is_file()


def test_the_same_content_twice_is_kept_once(store):
    assert store.put(b"a picture") == store.put(b"a picture")
    assert len([path for path in store.folder.rglob("*") if path.is_file()]) == 1


def test_what_was_thrown_away_is_gone_and_may_be_thrown_away_again(store):
    digest = store.put(b"a picture")
    store.delete(digest)
    store.delete(digest)
    with pytest.raises(NotFound):
        store.open(digest)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "AB" * 32, "0" * 63])
def test_only_a_digest_opens_anything(store, name):
    with pytest.raises(NotFound):
        store.open(name)


def test_a_disk_that_fails_leaves_nothing_half_behind(store, monkeypatch):
    def fail(handle):
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk is full"):
        store.put(b"a picture")
    assert not [path for path in store.folder.rglob("*") if path.is_file()]


def test_content_stands_under_its_name_only_when_it_is_durable(store, monkeypatch):
    (store.folder / "ab" / "cd").mkdir(parents=True)
    done = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("made durable"), fsync(handle))[1])
    monkeypatch.setattr(os, "replace", lambda a, b: (done.append("moved"), replace(a, b))[1])
    store.put(b"a picture")
    place = done.index("moved")
    assert "made durable" in done[:place]
    assert "made durable" in done[place:]


def test_a_kept_file_has_a_row_that_names_its_content(db, store):
    stored = keep(db, store, A_PICTURE, NOON)
    assert (stored.name, stored.media_type, stored.size) == ("lykta.jpg", "image/jpeg", 9)
    assert content_of(store, stored.digest) == b"a picture"


def test_content_without_a_row_is_swept_after_a_day_and_not_before(db, settings):
    store = FolderStore(settings.files)
    wanted = keep(db, store, A_PICTURE, NOON)
    lost = store.put(b"from a change that was undone")
    all_put_at(store, NOON)
    assert sweep_store(db, settings, NOON) == 0
    assert sweep_store(db, settings, NOON + timedelta(days=2)) == 1
    assert content_of(store, wanted.digest)
    with pytest.raises(NotFound):
        store.open(lost)


def test_content_stays_as_long_as_one_row_needs_it(db, settings):
    store = FolderStore(settings.files)
    first, second = keep(db, store, A_PICTURE, NOON), keep(db, store, A_PICTURE, NOON)
    forget(db, [first.id])
    all_put_at(store, NOON)
    sweep_store(db, settings, NOON + timedelta(days=2))
    assert db.get(StoredFile, first.id, populate_existing=True) is None
    assert content_of(store, second.digest)


def test_a_file_that_never_arrived_whole_is_cleared_away(db, settings):
    store = FolderStore(settings.files)
    half = store.folder / "ab" / "cd" / "arriving-x"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    all_put_at(store, NOON)
    sweep_store(db, settings, NOON + timedelta(days=2))
    assert not half.exists()
