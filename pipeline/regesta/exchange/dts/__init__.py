"""Distributed Text Services 1.0 (https://dtsapi.org/specifications/): a store, and the application that answers.

Collections, the citation trees of documents, and documents or passages of them as TEI or plain text.
"""
