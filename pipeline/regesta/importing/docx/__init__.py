"""Reads .docx files (ECMA-376, WordprocessingML): parts and styles, looks, runs, blocks, the whole."""
