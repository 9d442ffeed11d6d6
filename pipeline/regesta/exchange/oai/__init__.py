"""OAI-PMH 2.0: the edition for harvesters (Open Archives Initiative, protocol version 2.0 of 2002-06-14).

`store.py` makes a database of all records in all formats, from the sources; `protocol.py` answers requests from it;
`application.py` is the WSGI application that any server can run. Nothing else of Regesta is at work while it answers.
"""
