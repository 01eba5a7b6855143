"""Where the files of ``resources/`` are: beside the package in a checkout, inside it installed."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_ROOT = next(
    (root for root in (_PACKAGE / "resources", _PACKAGE.parent / "resources") if root.is_dir()),
    _PACKAGE / "resources",
)


def resource(path: str) -> Path:
    """The file or folder ``path`` of the resources, e.g. ``icons/phone.svg``."""
    return _ROOT / path
