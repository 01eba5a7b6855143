"""Several words as one speaks them."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication


def listed(words: Sequence[str]) -> str:
    """The words with commas, the last one after "and"; empty for none."""
    if len(words) < 2:
        return "".join(words)
    both = QCoreApplication.translate("Listing", "{0} and {1}")
    return both.format(", ".join(words[:-1]), words[-1])
