from PySide6.QtCore import QObject

from desktop.services.changes import Change, ChangeFeed, Topic
from desktop.ui.feed import FeedSignals


def test_a_change_becomes_a_signal(qtbot):
    feed = ChangeFeed()
    signals = FeedSignals(feed)

    with qtbot.waitSignal(signals.changed) as changed:
        feed.publish(Topic.CONTACTS, "a", "b")

    assert changed.args == [Change(Topic.CONTACTS, frozenset({"a", "b"}))]


def test_after_closing_nothing_is_repeated(qtbot):
    feed = ChangeFeed()
    signals = FeedSignals(feed)
    signals.close()

    with qtbot.assertNotEmitted(signals.changed):
        feed.publish(Topic.EVENTS)


def test_a_feed_outlives_its_signals(qapp):
    feed = ChangeFeed()
    parent = QObject()
    FeedSignals(feed, parent)
    parent.deleteLater()
    qapp.sendPostedEvents(parent, 52)  # QEvent.DeferredDelete

    feed.publish(Topic.EVENTS)
