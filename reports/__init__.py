"""Documents and official forms: rows in, file out."""
