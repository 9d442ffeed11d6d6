"""Editors: the findings of `regesta validate` while a document is typed, by the Language Server Protocol."""
