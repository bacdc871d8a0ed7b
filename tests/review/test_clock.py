from annotator.review.clock import IDLE_SECONDS, Clock


def test_the_time_between_acts_counts_for_the_claim_looked_at() -> None:
    clock = Clock()
    clock.turn_to("a", 100.0)
    clock.touch(104.0)
    clock.turn_to("b", 110.5)
    assert clock.spent("b", 112.5) == 2
    assert clock.spent("a", 115.0) == 10


def test_of_a_pause_only_its_first_minute_counts() -> None:
    clock = Clock()
    clock.turn_to("a", 0.0)
    clock.touch(5.0)
    assert clock.spent("a", 5.0 + 3600) == 5 + IDLE_SECONDS


def test_what_was_taken_is_not_counted_twice_and_parts_of_seconds_stay() -> None:
    clock = Clock()
    clock.turn_to("a", 0.0)
    taken = clock.spent("a", 2.6)
    clock.taken("a", taken)
    assert taken == 2
    assert clock.spent("a", 3.1) == 1


def test_nothing_counts_while_no_claim_is_looked_at() -> None:
    clock = Clock()
    clock.touch(50.0)
    clock.turn_to(None, 60.0)
    clock.turn_to("a", 90.0)
    assert clock.spent("a", 91.0) == 1
    assert clock.spent("b", 92.0) == 0
