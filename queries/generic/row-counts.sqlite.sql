-- name: row-counts
-- title: Row counts of all tables
-- proves: DPIA 5.0 recommendation 4.3.c.i, record counts
-- key: table_name
-- codes: table_name, row_count
-- engine: sqlite
--
-- Exact counts of every table. SQLite has no statement that counts tables it reads the names of, so the program lends its
-- connections the function migrationguard_rows(table); the sqlite3 shell does not have it.
-- Names are folded to lower case without underscores so that tables pair up across engines. Tables whose names then fall
-- together are added up.
-- A table on one side only is one that nobody migrated. Where the other side is SQL Server, its counts come from metadata
-- and may be wrong: let record-count checks decide.
SELECT REPLACE(LOWER(name), '_', '') AS table_name, SUM(migrationguard_rows(name)) AS row_count
FROM pragma_table_list
WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
GROUP BY REPLACE(LOWER(name), '_', '')
