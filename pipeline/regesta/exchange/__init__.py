"""Exchange: the catalogue and its documents in the formats of archives (one module a format)."""
