"""Unused objects: searched for in the pauses, not during a key."""

import gc
import weakref

import pytest

from annotator.tui.tidying import LONGEST_SECONDS, PAUSE_SECONDS, Tidying, no_search_by_itself


@pytest.fixture(autouse=True)
def searching():
    """Python searches by itself before each test, whatever ran in this process before."""
    gc.enable()


class Knot:
    """An object that refers to itself, and so is only ever found by a search."""

    def __init__(self) -> None:
        self.itself = self


def test_python_searches_again_afterwards_as_before():
    with no_search_by_itself():
        assert not gc.isenabled()
        with no_search_by_itself():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="inside"), no_search_by_itself():
        raise ValueError("inside")
    assert gc.isenabled()


def aged() -> weakref.ref:
    """Return a reference to an unused knot that only a search among all objects finds."""
    knot = Knot()
    gc.collect()
    gc.collect()
    return weakref.ref(knot)


def test_at_work_only_young_objects_are_searched():
    with no_search_by_itself():
        tidying = Tidying()
        tidying.tidy(1.0)
        old, young = aged(), weakref.ref(Knot())
        tidying.touched(2.0)
        tidying.tidy(2.0 + PAUSE_SECONDS / 2)
        assert young() is None
        assert old() is not None


def test_all_objects_are_searched_once_in_a_pause():
    with no_search_by_itself():
        tidying = Tidying()
        first = aged()
        tidying.touched(10.0)
        tidying.tidy(10.5 + PAUSE_SECONDS)
        assert first() is None
        second = aged()
        tidying.tidy(11.5 + PAUSE_SECONDS)
        assert second() is not None, "the pause goes on, and nothing was made since"


def test_all_objects_are_searched_in_the_end_where_nobody_pauses():
    with no_search_by_itself():
        tidying = Tidying()
        tidying.tidy(0.0)
        old = aged()
        tidying.touched(LONGEST_SECONDS)
        tidying.tidy(LONGEST_SECONDS + 0.1)
        assert old() is None
