"""What outlives the process: the same code on SQLite and PostgreSQL, one transaction a turn."""
