"""Regesta: from a folder of TEI-encoded documents to a checked, searchable, citable edition."""

__version__ = "0.1.0"
