"""A release for the explorer's tests whose papers hold markup, scripts and characters outside the basic plane: `python -m tests.hostile DIR`."""

from __future__ import annotations

import sys
from pathlib import Path

from publish.release import release
from tests.releasing import ONE, seeds

_EDITS = {
    "Unified Multivariate Gaussian": "Unified <i>Multivariate</i> Gaussian",
    "Modeling latent variables with priors": (
        "𝒜𝒷𝒸 🚀 <script>document.title = 'owned'</script><img src=\"x\" onerror=\"document.title = 'owned'\"> Modeling latent variables with priors"
    ),
}


def hostile(text: str) -> str:
    """The seed with markup in the title and the abstract of its first paper."""
    for before, after in _EDITS.items():
        if before not in text:
            raise ValueError(f"the seed has no “{before}”")
        text = text.replace(before, after, 1)
    return text


if __name__ == "__main__":
    out = Path(sys.argv[1])
    release("0.1.0", out / "data", seeds(out / "seeds", ONE, edit=hostile))
