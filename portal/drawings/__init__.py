"""The promise line and the dot field, as geometry: a dot is a case, the line is the promised day.

Standard library only. Python computes where everything stands; `templates/macros/drawings.html`
writes it as SVG. Texts arrive translated, so a drawing knows no language.
"""
