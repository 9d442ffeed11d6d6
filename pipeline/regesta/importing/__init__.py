"""Import: what others wrote becomes TEI of an edition. One module a format; none of them writes a file.

Each format returns an `Import` (`plan.py`): the files to make, what became of every row or entry, and findings.
`writing.py` alone puts the files into the edition: all of them or none, and nothing that the user has changed.
"""
