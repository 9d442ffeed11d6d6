"""From a save to the page in the browser: `regesta serve` among many letters, measured by headless Chromium.

    python tests/bench/reload.py CHROMIUM [COUNT] [SAVES]

Prints for each save the milliseconds until the browser shows the new words, and what the build told of its stages.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from letters import write_edition
from playwright.sync_api import Page, sync_playwright

_NAME = "letter-00777"


def main() -> None:
    """Measure."""
    chromium, count, saves = sys.argv[1], int((sys.argv[2:3] or ["2000"])[0]), int((sys.argv[3:4] or ["7"])[0])
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        letter = write_edition(Path(folder), count) / f"{_NAME}.xml"
        command = [sys.executable, "-m", "regesta", "serve", "--edition", folder, "--port", "0"]
        served = subprocess.Popen([*command, "--output", f"{folder}/build"], stdout=subprocess.PIPE, text=True)
        try:
            page = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page()
            page.goto(f"{_url(served)}documents/{_NAME}.html")
            time.sleep(5)  # stylesheets are compiled beforehand
            taken = [_save(letter, page, number) for number in range(saves)]
        finally:
            served.terminate()
            served.wait()
    print(f"{count:,} letters: {statistics.median(taken):.0f} ms (median), {min(taken):.0f} to {max(taken):.0f}")


def _url(served: subprocess.Popen[str]) -> str:
    assert served.stdout is not None
    for line in served.stdout:
        if line.startswith("Serving "):
            return line.split()[1]
    raise SystemExit("The server has ended.")


def _save(letter: Path, page: Page, number: int) -> float:
    words = f"Saved for the {number}th time."
    text = letter.read_text(encoding="utf-8").replace("</body>", f"<p>{words}</p></body>")
    began = time.monotonic()
    letter.write_text(text, encoding="utf-8")
    page.get_by_text(words, exact=True).wait_for(timeout=60_000)
    taken = (time.monotonic() - began) * 1000
    print(f"{taken:.0f} ms")
    time.sleep(2)
    return taken


if __name__ == "__main__":
    main()
