-- name: triggers
-- title: Triggers on tables and views
-- proves: DPIA 5.0 recommendation 12, new servers configured correctly
-- key: table_name, trigger_name
-- codes: table_name, trigger_name, enabled
-- engine: sqlite
--
-- Which triggers there are. SQLite cannot disable one, so all of them are enabled. Names of tables are folded as in
-- row-counts, those of triggers to lower case.
-- A trigger that is missing on the target no longer keeps what it kept.
SELECT REPLACE(LOWER(tbl_name), '_', '') AS table_name, LOWER(name) AS trigger_name, 1 AS enabled
FROM sqlite_schema
WHERE type = 'trigger'
