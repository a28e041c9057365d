"""data -> answers: tables opened with DuckDB, and named queries."""

from query.connect import TableError, connect, tables_in

__all__ = ["TableError", "connect", "tables_in"]
