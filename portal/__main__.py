"""Lets `python -m portal` be the `portal` command."""

from portal.app import main

main()
