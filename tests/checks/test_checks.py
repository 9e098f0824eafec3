"""The checks of `make check` find what they are for."""

from pathlib import Path

from babel.messages.catalog import Catalog

from tests.checks import layout, locks, templates, translations

HASH = "    --hash=sha256:" + "0" * 64


def portal_with(folder: Path, html: str) -> Path:
    """Build a portal of one feature with one page, used by one line of code."""
    room = folder / "cases" / "templates"
    room.mkdir(parents=True)
    (room / "track.html").write_text(html)
    (folder / "cases" / "views.py").write_text('page("cases/track.html")\n')
    return folder


def english(**texts: str) -> Catalog:
    catalog = Catalog(locale="en")
    for source, target in texts.items():
        catalog.add(source, target)
    return catalog


def test_a_sound_template_gives_no_finding(tmp_path):
    html = '<p class="lead">{{ _("Välkommen") }} {% if a %}<a href="/">{{ b }}</a>{% endif %}</p>'
    assert not list(templates.findings(portal_with(tmp_path, html)))


def test_style_and_script_of_its_own_are_found_in_a_template(tmp_path):
    html = '<p style="color:red" onclick="a()">{{ x }}</p><script>let a</script>'
    assert len(list(templates.findings(portal_with(tmp_path, html)))) == 3


def test_words_outside_of_msgids_are_found_in_a_template(tmp_path):
    html = '<h1>Mitt ärende</h1><img src="/a.png" alt="En gata"><input type="submit" value="Skicka">'
    assert len(list(templates.findings(portal_with(tmp_path, html)))) == 3


def test_a_template_that_cannot_be_read_is_found(tmp_path):
    assert list(templates.findings(portal_with(tmp_path, "{% if %}")))


def test_a_template_that_nothing_uses_is_found(tmp_path):
    portal = portal_with(tmp_path, "{{ a }}")
    (portal / "cases" / "templates" / "old.html").write_text("{{ a }}")
    assert list(templates.findings(portal)) == ["cases/old.html: nothing uses it"]


def test_a_template_that_asks_for_one_that_is_gone_is_found(tmp_path):
    html = '{% include "cases/gone.html" %}'
    assert list(templates.findings(portal_with(tmp_path, html))) == [
        "cases/track.html: asks for cases/gone.html, which does not exist"
    ]


def test_a_complete_translation_gives_no_finding():
    wanted = english(**{"Hej %(namn)s": ""})
    assert not list(translations.faults(wanted, english(**{"Hej %(namn)s": "Hello %(namn)s"})))


def test_a_missing_translation_is_found():
    assert list(translations.faults(english(Hej=""), english()))
    assert list(translations.faults(english(Hej=""), english(Hej="")))


def test_a_fuzzy_translation_is_found():
    present = english()
    present.add("Hej", "Hello", flags=["fuzzy"])
    assert [fault.split(":")[0] for fault in translations.faults(english(Hej=""), present)] == ["fuzzy"]


def test_a_value_that_the_translation_lost_or_invented_is_found():
    wanted = english(**{"Hej %(namn)s": ""})
    assert list(translations.faults(wanted, english(**{"Hej %(namn)s": "Hello"})))
    assert list(translations.faults(wanted, english(**{"Hej %(namn)s": "Hello %(name)s"})))


def test_a_plural_may_leave_the_number_out_of_one_form_but_not_of_both():
    wanted, kept, lost = english(), english(), english()
    for catalog, texts in ((wanted, ()), (kept, ("a day", "%(n)s days")), (lost, ("a day", "days"))):
        catalog.add(("en dag", "%(n)s dagar"), texts)
    assert not list(translations.faults(wanted, kept))
    assert list(translations.faults(wanted, lost))


def test_a_translation_that_no_text_asks_for_any_more_is_found():
    assert list(translations.faults(english(), english(Hej="Hello")))


def test_a_lock_with_hashes_and_no_address_gives_no_finding():
    text = f"flask==3.1.3 \\\n{HASH}\nhuey==3.5.4 \\\n{HASH}\n"
    assert not list(locks.faults_of_python_lock(text))
    assert not list(locks.not_locked("flask==3.1.3\n# why\n", text))


def test_an_address_and_a_missing_hash_are_found_in_a_lock():
    text = f"--index-url https://packages.example/simple\nflask==3.1.3\nhuey==3.5.4 \\\n{HASH}\n"
    assert "line 1 holds an address" in list(locks.faults_of_python_lock(text))
    assert "flask==3.1.3 has no hash" in list(locks.faults_of_python_lock(text))


def test_a_version_that_differs_from_the_lock_is_found():
    assert list(locks.not_locked("flask==3.1.2", "flask==3.1.3 \\\n"))
    assert list(locks.not_locked("flask>=3", "flask==3.1.3 \\\n"))


def test_an_address_and_a_missing_hash_are_found_in_a_node_lock():
    lock = {"packages": {"": {}, "node_modules/a": {"resolved": "https://packages.example/a.tgz"}}}
    assert len(list(locks.faults_of_node_lock(lock))) == 2


def test_what_does_not_belong_at_the_top_is_found():
    paths = ["portal/app.py", "README.md", "scripts/run.py", "notes.md", "static/vendor/a.css"]
    assert [finding.split(":")[0] for finding in layout.findings(paths)] == [
        "scripts/run.py",
        "notes.md",
        "static/vendor/a.css",
    ]


def test_an_update_keeps_translations_and_repeats_itself_to_the_letter(tmp_path, monkeypatch):
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    wanted = english(**{"Hej": "", "Två\nrader med %(antal)s ord": ""})
    translations.update("en", wanted)
    path = tmp_path / "en" / "LC_MESSAGES" / "messages.po"
    path.write_text(path.read_text().replace('msgid "Hej"\nmsgstr ""', 'msgid "Hej"\nmsgstr "Hello"'))
    translations.update("en", wanted)
    once = path.read_text()
    translations.update("en", wanted)
    assert path.read_text() == once
    assert translations.read("en").get("Hej").string == "Hello"
