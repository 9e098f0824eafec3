import pytest

from portal.web.markdown import safe_html


def test_paragraphs_lists_and_emphasis_are_kept():
    assert safe_html("Hej *du*\n\n- ett\n- **två**") == (
        "<p>Hej <em>du</em></p>\n<ul>\n<li>ett</li>\n<li><strong>två</strong></li>\n</ul>\n"
    )


def test_headings_stand_below_the_pages_own():
    assert safe_html("# Ett\n\n### Tre") == "<h2>Ett</h2>\n<h3>Tre</h3>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[klicka](javascript:alert(1))",
        "![bild](https://evil.example/x.png)",
        '<a href="https://a.example" onclick="x()">a</a>',
        "<img src=x onerror=alert(1)>",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_nothing_that_runs_or_loads_comes_through(text):
    html = safe_html(text)
    assert "<script" not in html
    assert "<img" not in html
    assert '<a href="javascript' not in html
    assert '<a href="data' not in html
    assert '<a href="https://a.example" onclick' not in html


def test_a_link_is_kept_with_its_address_only():
    assert safe_html("[Digg](https://www.digg.se)") == '<p><a href="https://www.digg.se">Digg</a></p>\n'
