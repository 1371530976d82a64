-- name: triggers
-- title: Triggers on tables and views
-- proves: DPIA 5.0 recommendation 12, new servers configured correctly
-- key: table_name, trigger_name
-- codes: table_name, trigger_name, enabled
-- engine: postgresql
--
-- Which triggers there are and whether they fire. Those that carry out foreign keys are not listed, nor those that a
-- partition has from its parent. Names of tables are folded as in row-counts, those of triggers to lower case.
-- A trigger that is missing or disabled on the target no longer keeps what it kept. One that fires on replicas only counts
-- as disabled.
SELECT replace(lower(CASE WHEN s.nspname = current_schema() THEN c.relname ELSE s.nspname || '.' || c.relname END), '_', '') AS table_name,
       lower(g.tgname) AS trigger_name,
       CASE WHEN g.tgenabled IN ('O', 'A') THEN 1 ELSE 0 END AS enabled
FROM pg_trigger AS g
JOIN pg_class AS c ON c.oid = g.tgrelid
JOIN pg_namespace AS s ON s.oid = c.relnamespace
WHERE NOT g.tgisinternal AND g.tgparentid = 0
  AND s.nspname NOT IN ('pg_catalog', 'information_schema') AND s.nspname NOT LIKE 'pg\_%'
