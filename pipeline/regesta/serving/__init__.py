"""Serving: the finished site, and live protocols beside it, over HTTP.

`application` is a WSGI application (PEP 3333) that any server can run; `regesta serve` runs it in the server of
`server.py`.
"""

from regesta.serving.mounting import application

__all__ = ["application"]
