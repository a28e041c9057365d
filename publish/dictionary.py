"""`python -m publish.dictionary` writes data/README.md, the data dictionary; a test holds it to the models."""

from __future__ import annotations

from publish import places
from publish.pages import dictionary

if __name__ == "__main__":
    places.DATA.mkdir(exist_ok=True)
    (places.DATA / "README.md").write_text(dictionary(), encoding="utf-8")
