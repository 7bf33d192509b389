"""DuckDB warehouse: the contract of the tables, immutable builds and the vault."""
