#!/usr/bin/env python3
"""Set Parley up and start it, test it or check it: one command each, from a bare Python.

    python3 packaging/run.py [ARGUMENTS…]       set up and start Parley
    python3 packaging/run.py test [PYTEST…]     set up, system packages too, and run the tests
    python3 packaging/run.py check              format, types, layers, locks, licences
    python3 packaging/run.py bench [NAMES…]     measure against references of the same run
    python3 packaging/run.py screenshots        make the pictures
    python3 packaging/run.py lock               write the locks anew (needs uv)

The environment is made in .venv beside this checkout, or where PARLEY_VENV says.
"""

import sys

SUPPORTED = ((3, 11), (3, 13))


def main() -> int:
    """Begin only on a Python that the rest can be read by."""
    if not SUPPORTED[0] <= sys.version_info[:2] <= SUPPORTED[1]:
        oldest, newest = (".".join(map(str, version)) for version in SUPPORTED)
        sys.exit(
            f"Parley needs Python {oldest} to {newest}; this is {sys.version.split()[0]}. "
            f"Start it with one of these, for example: python{newest} packaging/run.py"
        )
    from setup.commands import run  # noqa: PLC0415 - an older Python could not read it

    return run(sys.argv[1:], __doc__)


if __name__ == "__main__":
    sys.exit(main())
