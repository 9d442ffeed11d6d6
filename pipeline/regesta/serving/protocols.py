"""Protocols: what answers live beside the site, each from a store that an export writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from regesta.errors import UsageError


@dataclass(frozen=True)
class Protocol:
    """A protocol: its name, the export format of its store, and the module with its WSGI application."""

    name: str
    format: str
    module: str

    def application(self, store: Path, base_url: str) -> Callable[..., Iterable[bytes]]:
        """Return what answers from the store. Raises UsageError where this version does not speak the protocol."""
        self.require()
        made: Callable[..., Iterable[bytes]] = import_module(self.module).application(store, base_url)
        return made

    def require(self) -> None:
        """Raise UsageError where this version does not speak the protocol."""
        if find_spec(self.module.rpartition(".")[0]) is None:
            raise UsageError(f"This version of Regesta does not speak {self.name} yet.", "Leave the option out.")


PROTOCOLS = {
    "oai": Protocol("OAI-PMH", "oai", "regesta.exchange.oai.application"),
    "dts": Protocol("DTS", "dts-store", "regesta.exchange.dts.application"),
}
"""By the first step of their addresses."""
