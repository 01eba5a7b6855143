import logging
from collections.abc import Iterator

import pytest
from PySide6.QtCore import qDebug, qInstallMessageHandler, qWarning

from desktop.ui import qt_messages


@pytest.fixture
def installed(qapp) -> Iterator[None]:
    qt_messages.install()
    yield
    qInstallMessageHandler(None)


@pytest.mark.expects_log
def test_a_warning_of_qts_is_a_warning_in_the_log(installed, caplog):
    qWarning("a layout is already there")

    record = caplog.records[-1]
    assert record.levelno == logging.WARNING
    assert "a layout is already there" in record.getMessage()


def test_a_debug_message_of_qts_stays_one(installed, caplog):
    with caplog.at_level(logging.DEBUG, logger="desktop.ui.qt_messages"):
        qDebug("nothing to worry about")

    assert caplog.records[-1].levelno == logging.DEBUG
