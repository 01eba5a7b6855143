"""Steps, each once, all or none, and a copy before them."""

import pytest
from sqlcipher3.dbapi2 import OperationalError

from desktop.domain.errors import StoreTooNewError
from desktop.store.database import connect, user_version
from desktop.store.migrations import migrate, statements
from tests.store.conftest import KEY

ONE = "CREATE TABLE a (x INTEGER);\nINSERT INTO a VALUES (1);\n"
TWO = "ALTER TABLE a ADD COLUMN y TEXT DEFAULT 'new';\n"


@pytest.fixture
def connection(tmp_path):
    opened = connect(tmp_path / "m.db", KEY, durable=True)
    yield opened
    opened.close()


@pytest.fixture
def copies():
    return []


def test_a_new_file_takes_every_step_and_needs_no_copy(connection, copies):
    migrate(connection, (ONE, TWO), copies.append)

    assert connection.execute("SELECT * FROM a").fetchall() == [(1, "new")]
    assert user_version(connection) == 2
    assert copies == []


def test_a_file_of_the_version_before_takes_the_new_steps_only_after_a_copy(connection, copies):
    migrate(connection, (ONE,), copies.append)

    migrate(connection, (ONE, TWO), copies.append)

    assert connection.execute("SELECT * FROM a").fetchall() == [(1, "new")]
    assert copies == [connection]


def test_a_file_that_is_up_to_date_is_left_alone(connection, copies):
    migrate(connection, (ONE,), copies.append)
    before = connection.total_changes

    migrate(connection, (ONE,), copies.append)

    assert connection.total_changes == before
    assert copies == []


def test_a_newer_file_is_refused(connection, copies):
    migrate(connection, (ONE, TWO), copies.append)

    with pytest.raises(StoreTooNewError):
        migrate(connection, (ONE,), copies.append)


def test_a_step_that_fails_leaves_the_version_before(connection, copies):
    migrate(connection, (ONE,), copies.append)

    with pytest.raises(OperationalError):
        migrate(connection, (ONE, TWO, "CREATE NONSENSE;\n"), copies.append)

    assert user_version(connection) == 1
    assert connection.execute("SELECT * FROM a").fetchall() == [(1,)]


def test_statements_end_with_a_line():
    assert len(statements("SELECT ';';\nSELECT 2;\n\n")) == 2
