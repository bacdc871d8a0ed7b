"""Values that are kept: the last ones used, and no more."""

from annotator.store.recent import Recent


def test_only_the_last_used_are_kept():
    kept: Recent[str, int] = Recent(2)
    assert kept.get("a") is None
    for number, key in enumerate("ab"):
        assert kept.put(key, number) == number
    assert kept.get("a") == 0
    kept.put("c", 2)
    assert (kept.get("b"), kept.get("a"), sorted(kept)) == (None, 0, [0, 2])
    kept.put("a", 7)
    assert kept.get("a") == 7 and len(list(kept)) == 2
