"""Text -> records: readers, the reading view, rules, and one module per field."""
