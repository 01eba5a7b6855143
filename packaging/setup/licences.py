"""Does every installed run-time dependency have a licence that Parley may be shipped with?

Run by the environment's own Python: ``python packaging/setup/licences.py LOCK``.
"""

import re
import sys
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import cast

ALLOWED = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "LGPL-3.0-only",  # as wheels and shared libraries, which anyone can replace
        "MIT",
        "MIT-0",
        "MPL-2.0",
        "PSF-2.0",
        "Zlib",
    }
)

OLD_NAMES = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "zlib/libpng License": "Zlib",
}
"""Trove classifiers, from before packages said it in SPDX's words."""

READ_BY_HAND = {
    "sqlcipher3": "Zlib",  # the package; SQLCipher, inside it, is BSD-3-Clause
}
"""Packages that say nothing that a program could read."""


def main() -> int:
    """Print every fault; the exit code tells whether there was one."""
    names = re.findall(r"(?m)^([A-Za-z0-9._-]+)==", Path(sys.argv[1]).read_text(encoding="utf-8"))
    faults = [fault for name in names if (fault := _fault(name))]
    print("\n".join(faults) or f"{len(names)} packages: every licence is on the list")
    return 1 if faults else 0


def _fault(name: str) -> str | None:
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return None  # the lock is for every system, this environment for one
    found = licence_of(name, cast(Message, about))  # which it is, says the standard library
    return None if is_allowed(found) else f"{name}: {found or 'no licence named'} is not allowed"


def licence_of(name: str, about: Message) -> str:
    """What a package says of itself: an SPDX expression, or nothing."""
    if name in READ_BY_HAND:
        return READ_BY_HAND[name]
    expression = about.get("License-Expression")
    if expression:
        return expression
    classifiers = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or []]
    old = [OLD_NAMES[line] for line in classifiers if line in OLD_NAMES]
    return " OR ".join(old) or about.get("License") or ""


def is_allowed(expression: str) -> bool:
    """True when one alternative of an SPDX expression has only allowed parts."""
    return any(
        all(part.strip("() ") in ALLOWED for part in choice.split(" AND "))
        for choice in expression.split(" OR ")
    )


if __name__ == "__main__":
    sys.exit(main())
