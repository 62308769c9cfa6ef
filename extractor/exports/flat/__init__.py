"""A record laid flat: rows of tables, the same in CSV, XLSX, Parquet and SQLite."""
