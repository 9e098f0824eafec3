"""How pledges have gone: measuring, shadow figures, series, open data."""
