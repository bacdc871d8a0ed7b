"""How the models multiply their matrices: one thread, by whichever library is faster here."""

from __future__ import annotations

import os
from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thinc.api import NumpyOps

THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
ROWS, WIDTH = 128, 288
"""Words and numbers a word in the product that is timed: about those of a model's layer."""
TRIALS = 5


def one_thread() -> None:
    """Keep NumPy to one thread, unless the environment says otherwise.

    The matrices are small: a second thread costs more than it brings, above all beside other
    processes. NumPy reads this when it is first imported, so it must be called before.
    """
    for variable in THREADS:
        os.environ.setdefault(variable, "1")


@cache
def fastest() -> NumpyOps:
    """Return the operations for new models: BLIS's products or NumPy's own, timed once.

    Which is faster is a matter of the processor, by a factor of two either way.
    """
    from thinc.api import NumpyOps

    return min((NumpyOps(use_blis=True), NumpyOps(use_blis=False)), key=_seconds)


def _seconds(ops: NumpyOps) -> float:
    """Return the least time of a few products of the size that the models have."""
    words, weights = ops.alloc2f(ROWS, WIDTH), ops.alloc2f(WIDTH, WIDTH)
    times = []
    for _ in range(TRIALS):
        begin = perf_counter()
        ops.gemm(words, weights, trans2=True)
        times.append(perf_counter() - begin)
    return min(times)
