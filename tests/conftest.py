from __future__ import annotations

from pathlib import Path

import pytest

from extract.extractor import Extractor
from publish import places
from publish.build import Built, assemble, read_documents, seed_files, write_tables
from publish.extraction import extractor as shared_extractor
from tests.releasing import two_releases


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The extractor with all rules."""
    return shared_extractor()


@pytest.fixture(scope="session")
def built() -> Built:
    """The tables of the seeds."""
    return assemble(read_documents(seed_files(places.SEEDS)))


@pytest.fixture(scope="session")
def folder(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the seeds, written."""
    path = tmp_path_factory.mktemp("build")
    write_tables(built.tables, path)
    return path


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two releases, 0.1.0 and 0.2.0, of a part of the seeds; not to be written to."""
    return two_releases(tmp_path_factory.mktemp("releases"))
