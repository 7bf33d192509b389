"""Papers and files that people take away: rows in, file out."""
