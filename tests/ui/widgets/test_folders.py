"""The folder that dialogs for files open in."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from desktop.ui.widgets.folders import documents_folder


@pytest.mark.parametrize("exists", [True, False])
def test_it_is_a_folder_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exists: bool
) -> None:
    documents = tmp_path / "Documents"
    if exists:
        documents.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(documents))

    assert documents_folder() == str(documents if exists else Path.home())
