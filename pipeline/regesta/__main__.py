"""Lets `python -m regesta` do what `regesta` does."""

from regesta.cli import main

main()
