"""`regesta serve`."""

from __future__ import annotations

import contextlib
import signal
from pathlib import Path

import click

from regesta.cli import options as shared_options

_OPEN_TO_ALL = (
    "Warning: {host} can be reached from other machines. Whoever reaches it reads the edition, without a password."
)


@click.command()
@shared_options.edition
@click.option("--source", type=shared_options.FOLDER, help="Take this folder of TEI as the sources.")
@click.option("--output", type=shared_options.FOLDER, help="Where site/, report.json and the rest go (default: build).")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option("--oai", is_flag=True, help="Answer harvesters too, at /oai (OAI-PMH).")
@click.option("--dts", is_flag=True, help="Answer clients of Distributed Text Services too, at /dts.")
@shared_options.jobs
@shared_options.quiet
def serve(  # noqa: PLR0917 - click passes them by name
    edition: Path | None,
    source: Path | None,
    output: Path | None,
    host: str,
    port: int,
    oai: bool,
    dts: bool,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Build the edition and serve it to browsers on this machine, until Ctrl+C; build and reload when files change.

    docs/serving.md says what is served, and how other servers do the same.
    """
    from regesta.build import Options  # noqa: PLC0415 - slow to load, and not needed for --help
    from regesta.cli.build_report import print_report  # noqa: PLC0415
    from regesta.cli.terminal import Shown  # noqa: PLC0415
    from regesta.edition import open_edition  # noqa: PLC0415
    from regesta.progress import Silent  # noqa: PLC0415
    from regesta.serving.server import Server, is_loopback  # noqa: PLC0415
    from regesta.serving.session import Session  # noqa: PLC0415

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl+C does
    progress = Silent() if quiet else Shown()
    protocols = [name for name, wanted in (("oai", oai), ("dts", dts)) if wanted]
    session = Session(lambda: open_edition(edition, source, output), Options(jobs=jobs), progress, protocols)
    server = Server(session.application, host, port)  # takes the address first, so that a build is not for nothing
    report = session.start(server.url)
    if not quiet:
        print_report(session.edition, report)
    if not is_loopback(host):
        click.secho(_OPEN_TO_ALL.format(host=host), fg="yellow", err=True)
    with contextlib.suppress(KeyboardInterrupt), server:
        for name in ("", *protocols):
            click.echo(f"Serving {server.url}{name}")
        session.follow((lambda _sentence: None) if quiet else click.echo)
