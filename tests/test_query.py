from __future__ import annotations

from pathlib import Path

import pytest

from query import TableError, connect
from query.named_queries import load
from query.run import run


@pytest.mark.parametrize("name", load())
def test_every_named_query_has_an_answer(name: str, folder: Path) -> None:
    """Each named query runs without parameters on the seeds' tables, says what it answers, and gives rows."""
    query = load()[name]
    assert len(query.answers) > 20
    result = run(connect(folder), query.sql, dict.fromkeys(query.parameters))
    assert result is not None
    assert result.fetchall()


def test_a_parameter_chooses(folder: Path) -> None:
    """reports_on_dataset gives the results on the dataset that was asked for."""
    query = load()["reports_on_dataset"]
    result = run(connect(folder), query.sql, {"dataset": "cifar-10"})
    assert result is not None
    rows = result.fetchall()
    assert any(row[0] == "FID" for row in rows)


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELECT * FROM speedup", "did you mean speedups"),
        ("SELECT factr_max FROM speedups", "speedups.factor_max"),
        ("SELEC 1", "syntax error"),
    ],
)
def test_a_mistake_in_a_query_is_explained(sql: str, says: str, folder: Path) -> None:
    """Unknown names come with the nearest ones that there are."""
    with pytest.raises(TableError, match=says):
        run(connect(folder), sql)


def test_a_folder_without_tables_is_an_error(tmp_path: Path) -> None:
    """The message says what to do."""
    with pytest.raises(TableError, match="paperfacts build"):
        connect(tmp_path)


def test_tables_say_what_they_are(folder: Path) -> None:
    """Descriptions travel in the files: DuckDB shows them on the views' columns."""
    comments = (
        connect(folder)
        .execute("SELECT comment FROM duckdb_columns() WHERE table_name = 'speedups' AND column_name = 'factor_min'")
        .fetchall()
    )
    assert "1.754" in comments[0][0]


def test_views_work_from_another_folder(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The views have absolute paths."""
    monkeypatch.chdir(folder.parent)
    connection = connect(folder.name)
    monkeypatch.chdir(tmp_path)
    assert connection.execute("SELECT count(*) FROM papers").fetchone() == (405,)
