"""A lock on an open file that ends with its process, so that a stale one cannot block anybody.

The lock is the operating system's (`flock` on POSIX, `msvcrt.locking` on Windows) and not a file with a
process number in it: the system lets go of it when the process ends, however it ends. Where a file system
has no locks, as some network mounts, there is none: then two builds at once in one folder are the user's to
avoid.
"""

from __future__ import annotations

import errno
import os
import sys

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows forbids others to read locked bytes: this one lies far beyond the text of the file.
_LOCKED_BYTE = 1 << 30
_HELD_BY_ANOTHER = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


def try_lock(descriptor: int) -> bool:
    """Lock the open file for as long as it stays open; return False when another holder has the lock.

    The answer is True also where the file system offers no locks.
    """
    try:
        _lock(descriptor)
    except OSError as error:
        return error.errno not in _HELD_BY_ANOTHER
    return True


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
