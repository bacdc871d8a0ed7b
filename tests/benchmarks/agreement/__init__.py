"""How long agreement figures take, against the same figures by NumPy."""

import os

# One thread for NumPy too: processor time is compared.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
