"""Compare two states of an edition: what was added, removed, renamed, and changed in text, in markup, in metadata."""

from regesta.comparing.changes import Changed, Changes, Renamed, compare
from regesta.comparing.states import Known, State, state_of

__all__ = ["Changed", "Changes", "Known", "Renamed", "State", "compare", "state_of"]
