"""The desk that the tests of the sync stand at."""

import pytest

from tests.services.sync.desk import desk_opener

open_desk = pytest.fixture(desk_opener, name="open_desk")
