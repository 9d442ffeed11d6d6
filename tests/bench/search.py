"""How long the search's data take to make, and how much memory, for so many letters of 8 KB.

    python tests/bench/search.py [COUNT]

The letters are made one at a time and their text is thrown away, so that the memory is that of the search alone. As all
of them are made of few words, each gets 300 more of a vocabulary of 300,000, rare ones rarely.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import time

from letters import letter

from regesta.search import SearchableDocument, search_files

_TAGS = re.compile(r"<[^>]*>")


def document(number: int) -> SearchableDocument:
    """Return the letter with this number as the search wants it."""
    source = letter(number)
    pick = random.Random(number)  # noqa: S311 - a sample, not a secret
    rare = " ".join(f"word{int(300_000 ** pick.random()):x}" for _ in range(300))
    title = re.search("<title>(.*?)</title>", source)
    text = " ".join(_TAGS.sub(" ", source.partition("<text")[2].partition(">")[2]).split())
    names = re.findall("<persName[^>]*>(.*?)<", source)
    fields = (("title", title[1] if title else ""), *(("person", name) for name in names))
    return SearchableDocument(f"letter-{number:05}", fields[0][1], "1905-08-30", fields=fields, text=f"{text} {rare}")


def main(count: int) -> None:
    """Print files, bytes, seconds and the peak of memory."""
    making = time.process_time()
    for number in range(1, 201):
        document(number)
    each = (time.process_time() - making) / 200
    start = time.process_time()
    files = largest = total = 0
    by_id = {f"letter-{number:05}": number for number in range(1, count + 1)}
    for _path, data in search_files([*by_id], lambda name: document(by_id[name])):
        files, total, largest = files + 1, total + len(data), max(largest, len(data))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} letters: {files} files, {total / 1e6:.1f} MB, the largest {largest / 1000:.0f} KB")
    print(
        f"{seconds:.1f} s of processor time, of them {each * count * 17 / 16:.1f} s to make the letters; "
        f"peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
