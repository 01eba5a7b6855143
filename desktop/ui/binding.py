"""Loads Qt's Python binding, without the hook that it puts into the import statement.

The hook reads the source of every module that is imported later, in search of PySide's optional
features (``from __feature__ import …``). We use none, and it costs a tenth of a start.
"""

import builtins

_import = builtins.__import__

import PySide6.QtWidgets  # noqa: E402, F401 - between the two lines that it is about

builtins.__import__ = _import
