"""Runs the real program and says when it painted: ``python -m tests.benchmarks.watched``.

``first`` or ``last``, then the program's own arguments. Times are nanoseconds of the system's
steady clock, comparable between processes. With ``last`` the screen is compared every 10 ms.
"""

import importlib.util
import sys
import time
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

VIEW = "desktop.ui.calendar.grid_view"
GLANCE_MS = 10
WATCH_S = 4.0


class Watch:
    """Hears of every paint of the week; tells of the first one that shows events."""

    def __init__(self, mode: str) -> None:
        self._mode = mode
        self._first = 0
        self._changes: Any = None

    def wrap(self, module: ModuleType) -> None:
        """Let the view tell when it has painted."""
        view: Any = next(
            kind
            for kind in vars(module).values()
            if isinstance(kind, type) and kind.__module__ == VIEW and "paintEvent" in vars(kind)
        )
        paint = view.paintEvent

        def painted(widget: Any, event: Any) -> None:
            paint(widget, event)
            if not self._first and widget.state.scene.boxes:
                self._first = time.monotonic_ns()
                self._tell(widget)

        view.paintEvent = painted

    def _tell(self, widget: Any) -> None:
        if self._mode == "first":
            print(self._first, flush=True)
            return
        changes = importlib.import_module("tests.benchmarks.changes")
        self._changes = changes.Changes(widget.window(), GLANCE_MS, WATCH_S, self._on_last)

    def _on_last(self, last: int) -> None:
        print(self._first, max(last, self._first), flush=True)


class AfterImport:
    """Calls the watch when the module of the week view has been loaded, and not before."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        """Steps in for one module, once."""
        if name != VIEW:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            wrapped: Any = _Wrapping(spec.loader, self._watch)
            spec.loader = wrapped
        return spec


class _Wrapping:
    def __init__(self, loader: Any, watch: Watch) -> None:
        self._loader = loader
        self._watch = watch

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        made: ModuleType | None = self._loader.create_module(spec)
        return made

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        self._watch.wrap(module)


def main(arguments: Sequence[str]) -> int:
    """The program, watched."""
    mode, *rest = arguments
    sys.argv[1:] = rest
    sys.meta_path.insert(0, AfterImport(Watch(mode)))
    entry: Any = importlib.import_module("desktop.__main__")
    code: int = entry.main()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
