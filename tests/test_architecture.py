"""The house rules that a program can check: homes, circles, hidden imports, forbidden calls.

The directions of imports are import-linter's, in pyproject.toml.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DESKTOP = ROOT / "desktop"

HOMES = {
    "PySide6": ("desktop.ui", "desktop.app"),
    "shiboken6": ("desktop.ui", "desktop.app"),
    "qasync": ("desktop.ui.event_loop",),
    "httpx": ("desktop.services.api",),
    "httpcore": (),
    "truststore": ("desktop.services.api",),
    "sqlcipher3": ("desktop.store",),
    "sqlite3": (),
    "keyring": ("desktop.services.secrets", "desktop.services.keyrings"),
    "jeepney": ("desktop.services.platform",),
    "secretstorage": ("desktop.services.secrets", "desktop.services.keyrings"),
    "icalendar": ("desktop.services.interchange",),
    "requests": (),
    "pickle": (),
    "shelve": (),
    "marshal": (),
    "subprocess": ("desktop.services.platform",),
}
"""Where a library may be imported; nothing named means nowhere."""

LOADER = "desktop.app.loading"
"""Where a module is loaded by its name, after the first paint."""

LATE = "desktop.late"
"""Where a library is loaded by its name, when it is first used."""

ALLOWED_CALLS = {
    ("desktop.store.slices", "time.sleep(0)"),  # lets other threads run; waits for nothing
    ("desktop.ui.first_paint", "loop.exec()"),  # until the first paint: no task runs yet
}
"""A forbidden call that is right in one place: the module and the call's exact text."""

MAY_CREATE_TASKS = {
    "desktop.services.sync.tasks",  # the owner of the engines, one for each account
    "desktop.ui.tasks",  # the one owner of what a widget starts
    "desktop.app.application",  # the work that lasts as long as the program
}


@dataclass(frozen=True, eq=False)
class Module:
    name: str
    path: Path
    tree: ast.Module

    @property
    def package(self) -> str:
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]

    def where(self, node: ast.AST) -> str:
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def _read(path: Path) -> Module:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    return Module(".".join(parts), path, ast.parse(path.read_text(encoding="utf-8")))


MODULES = [_read(path) for path in sorted(DESKTOP.rglob("*.py"))]
NAMES = {module.name for module in MODULES}


def imported(module: Module) -> Iterator[tuple[ast.stmt, str]]:
    """Each import statement and a full name that it asks for."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"


@cache
def calls(module: Module) -> Sequence[tuple[ast.Call, str]]:
    """Each call and the dotted text of what is called."""
    return [
        (node, ast.unparse(node.func))
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
    ]


def is_inside(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def test_every_library_is_at_home_where_it_belongs():
    strays = [
        f"{module.where(node)}: {library}"
        for module in MODULES
        for node, name in imported(module)
        for library, homes in HOMES.items()
        if is_inside(name, library) and not any(is_inside(module.name, home) for home in homes)
    ]
    assert strays == []


def test_no_modules_import_each_other_in_a_circle():
    graph: dict[str, set[str]] = {}
    for module in MODULES:
        targets = graph.setdefault(module.name, set())
        for _, name in imported(module):
            target = name if name in NAMES else name.rpartition(".")[0]
            if target in NAMES and target != module.name:
                targets.add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(error.args[1])}")


def test_no_import_hides_inside_a_function_or_a_condition():
    hidden = [
        module.where(node)
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and node not in _in_the_open(module)
    ]
    assert hidden == []


def _in_the_open(module: Module) -> Iterator[ast.stmt]:
    """Statements at the top of a module, and in a choice between operating systems there."""
    for statement in module.tree.body:
        yield statement
        if isinstance(statement, ast.If) and "sys.platform" in ast.unparse(statement.test):
            yield from statement.body + statement.orelse


def test_a_text_becomes_a_module_in_one_place_only():
    found = {
        module.name
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.Attribute)
        and ast.unparse(node) in {"__import__", "import_module", "importlib.import_module"}
    }
    assert found == {LOADER, LATE}


def test_only_the_composition_loads_late_and_names_modules_that_exist():
    late = [
        (module, node)
        for module in MODULES
        if {f"{LOADER}.load", f"{LOADER}.load_now"} & {name for _, name in imported(module)}
        for node, called in calls(module)
        if called in {"load", "load_now"}
    ]
    strays = [
        module.where(node) for module, node in late if not is_inside(module.name, "desktop.app")
    ]
    unknown = [
        f"{module.where(node)}: {ast.unparse(node)}"
        for module, node in late
        if not (len(node.args) == 1 and isinstance(node.args[0], ast.Constant))
        or node.args[0].value not in NAMES
    ]
    assert late
    assert strays == []
    assert unknown == []


@pytest.mark.parametrize(
    ("forbidden", "because"),
    [
        (r"(^|\.)exec$", "a nested loop stops every other task; open() it"),
        (r"(^|\.)exec_$", "a nested loop stops every other task; open() it"),
        (r"(^|\.)processEvents$", "a nested loop stops every other task"),
        (r"^(asyncio\.)?ensure_future$", "nobody owns the task"),
        (r"^asyncio\.(run|new_event_loop|set_event_loop)$", "there is one loop"),
        (r"^eval$", "text is never run"),
        (r"^compile$", "text is never run"),
        (r"^os\.(system|popen)$", "text is never run"),
        (r"^time\.sleep$", "nothing waits for time on a thread"),
        (r"^datetime\.(utcnow|utcfromtimestamp)$", "every datetime is aware"),
        (r"^date\.today$", "now is passed in"),
        (r"^(Qt\.)?mightBeRichText$", "foreign text is plain"),
        (r"^ssl\._create_unverified_context$", "certificates are checked"),
        (r"^QMessageBox\.(information|warning|critical|question|about)$", "it opens a loop"),
        (r"^QFileDialog\.get\w+$", "it opens a loop"),
        (r"^QInputDialog\.get\w+$", "it opens a loop"),
        (r"^QColorDialog\.getColor$", "it opens a loop"),
    ],
)
def test_some_calls_are_never_made(forbidden, because):
    found = [
        f"{module.where(node)}: {called}"
        for module in MODULES
        for node, called in calls(module)
        if re.search(forbidden, called) and (module.name, ast.unparse(node)) not in ALLOWED_CALLS
    ]
    assert found == [], because


def test_tasks_start_only_where_they_are_owned():
    found = []
    for module in MODULES:
        if module.name in MAY_CREATE_TASKS:
            continue
        groups = _names_of_task_groups(module)
        for node, called in calls(module):
            owner, _, verb = called.rpartition(".")
            if verb == "create_task" and owner not in groups:
                found.append(f"{module.where(node)}: {called}")
    assert found == []


def _names_of_task_groups(module: Module) -> set[str]:
    return {
        ast.unparse(item.optional_vars)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.AsyncWith)
        for item in node.items
        if item.optional_vars is not None and "TaskGroup" in ast.unparse(item.context_expr)
    }


def test_certificates_are_always_checked():
    found = [
        module.where(node)
        for module in MODULES
        for node in ast.walk(module.tree)
        if _trusts_blindly(node)
    ]
    assert found == []


def _trusts_blindly(node: ast.AST) -> bool:
    if isinstance(node, ast.keyword):
        return node.arg in {"verify", "check_hostname"} and ast.unparse(node.value) == "False"
    if isinstance(node, ast.Assign):
        return "check_hostname" in ast.unparse(node.targets[0])
    return isinstance(node, ast.Attribute) and node.attr == "CERT_NONE"


def test_no_shell_is_ever_started():
    found = [
        module.where(node)
        for module in MODULES
        for node, called in calls(module)
        if called.endswith("create_subprocess_shell")
        or any(word.arg == "shell" and ast.unparse(word.value) != "False" for word in node.keywords)
    ]
    assert found == []


def test_rich_text_and_links_are_never_asked_for():
    rich = {"RichText", "AutoText", "MarkdownText", "setHtml", "insertHtml", "setMarkdown"}
    found = [
        f"{module.where(node)}: {node.attr}"
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in rich
    ]
    assert found == []


def test_every_label_is_told_to_show_plain_text():
    """QLabel guesses, and shows a server's markup as markup: ours is ``PlainLabel``."""
    found = [
        module.where(node)
        for module in MODULES
        if module.name != "desktop.ui.widgets.labels"
        for node, called in calls(module)
        if called in {"QLabel", "QtWidgets.QLabel"}
        and "PlainText" not in module.path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_no_blind_except_stands_outside_its_one_place():
    allowed = {
        "desktop.services.sync.push",  # one record's fault is not its neighbour's
        "desktop.ui.tasks",  # the bug of a callback is told like every other
    }
    found = [
        module.where(node)
        for module in MODULES
        if module.name not in allowed
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and not _passes_it_on(node)
    ]
    assert found == []


def _passes_it_on(handler: ast.ExceptHandler) -> bool:
    """Raises it again, or hands it to whoever awaits the future."""
    return any(
        (isinstance(node, ast.Raise) and node.exc is None)
        or (isinstance(node, ast.Attribute) and node.attr == "set_exception")
        for node in ast.walk(handler)
    )


def test_every_module_says_what_it_is():
    silent = [
        module.name for module in MODULES if module.tree.body and not ast.get_docstring(module.tree)
    ]
    assert silent == []


def test_no_module_grows_beyond_one_idea():
    long = {
        module.name: lines
        for module in MODULES
        if (lines := len(module.path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_nothing_is_left_for_later():
    found = [
        module.where(node)
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name) and node.id == "NotImplementedError"
    ]
    found += [
        f"{module.path.relative_to(ROOT)}"
        for module in MODULES
        if re.search(r"#\s*(TODO|FIXME|XXX)", module.path.read_text(encoding="utf-8"))
    ]
    assert found == []


FILLS = ("addWidget", "addLayout", "addStretch", "addSpacing", "addItem")


def filled_before_placed(function: ast.FunctionDef) -> Iterator[str]:
    """The layouts that are given something before they are given to another layout."""
    made = [
        (node.lineno, ast.unparse(node.func.value), node.func.attr, node.args)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    for line, _, attribute, arguments in made:
        if attribute != "addLayout":
            continue
        placed = ast.unparse(arguments[0])
        made_filled = isinstance(arguments[0], ast.Call)
        if made_filled or any(
            receiver == placed and name in FILLS and earlier < line
            for earlier, receiver, name, _ in made
        ):
            yield f"{line}: {placed}"


def test_a_layout_is_placed_before_it_is_filled():
    """PySide makes objects of its own for what is in a layout that is placed later.

    The garbage collector may destroy them before Qt does, and that ends the process.
    """
    found = [
        f"{module.name}:{place}"
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
        for place in filled_before_placed(node)
    ]

    assert found == []
