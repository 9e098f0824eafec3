import os

from portal.pdf.shelf import Shelf


def ages(shelf: Shelf, **seconds: int) -> None:
    for key, moment in seconds.items():
        os.utime(shelf.folder / f"{key}.pdf", (moment, moment))


def test_what_was_put_there_is_found(tmp_path):
    shelf = Shelf(tmp_path / "pdf")
    assert shelf.find("a") is None
    shelf.put("a", b"%PDF-a")
    assert shelf.find("a") == b"%PDF-a"


def test_what_was_asked_for_longest_ago_goes_first(tmp_path):
    shelf = Shelf(tmp_path, most_files=2)
    shelf.put("a", b"a")
    shelf.put("b", b"b")
    ages(shelf, a=1000, b=2000)
    assert shelf.find("a") == b"a"
    shelf.put("c", b"c")
    assert (shelf.find("a"), shelf.find("b"), shelf.find("c")) == (b"a", None, b"c")


def test_it_holds_no_more_bytes_than_it_may(tmp_path):
    shelf = Shelf(tmp_path, most_bytes=10)
    shelf.put("a", b"x" * 6)
    ages(shelf, a=1000)
    shelf.put("b", b"x" * 6)
    assert shelf.find("a") is None and shelf.find("b")


def test_one_too_large_for_it_is_kept_alone(tmp_path):
    shelf = Shelf(tmp_path, most_bytes=10)
    shelf.put("a", b"x" * 20)
    assert shelf.find("a") == b"x" * 20


def test_what_was_left_half_written_is_swept_away(tmp_path):
    shelf = Shelf(tmp_path, most_files=1)
    (tmp_path / "left.new").write_bytes(b"half")
    os.utime(tmp_path / "left.new", (1000, 1000))
    shelf.put("a", b"a")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
