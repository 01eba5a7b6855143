import pytest

from desktop.app.display import display_problem


def test_without_a_display_it_says_how_to_get_one():
    problem = display_problem({"HOME": "/root", "DISPLAY": ""}, "linux")
    assert problem is not None
    assert "xvfb-run" in problem
    assert "ssh -X" in problem


@pytest.mark.parametrize(
    "environment",
    [{"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}, {"QT_QPA_PLATFORM": "offscreen"}],
)
def test_a_screen_of_any_kind_will_do(environment):
    assert display_problem(environment, "linux") is None


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_always_have_one(system):
    assert display_problem({}, system) is None
