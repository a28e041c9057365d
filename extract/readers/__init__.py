"""Documents -> papers: one module per input format."""
