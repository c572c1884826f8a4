"""`python -m index.kernel` prints whether the compiled loops are in use."""

from __future__ import annotations

from index.kernel import status

if __name__ == "__main__":
    print(status())
