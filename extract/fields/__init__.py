"""One module per field: its rules, its columns, and how its records are read from a page and the evidence on it."""
