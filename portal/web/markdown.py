"""Restricted markdown into HTML that is safe to show: the one place where text becomes markup."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {
    "p",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "a",
    "h2",
    "h3",
    "blockquote",
    "br",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ADDRESSES = {"http", "https", "mailto", "tel"}

_reader = MarkdownIt("commonmark", {"html": False}).enable("table")


def safe_html(text: str) -> Markup:
    """Give the text as HTML with only paragraphs, lists, emphasis, links, small headings, quotes and tables left.

    Headings move down below the page's own: the first two levels become h2, the rest h3.
    """
    tokens = _reader.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h2" if token.tag in ("h1", "h2") else "h3"
    html = _reader.renderer.render(tokens, _reader.options, {})
    cleaned = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=ADDRESSES, link_rel=None)
    return Markup(cleaned)  # noqa: S704  cleaned on the line above
