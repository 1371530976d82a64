-- name: triggers
-- title: Triggers on tables and views
-- proves: DPIA 5.0 recommendation 12, new servers configured correctly
-- key: table_name, trigger_name
-- codes: table_name, trigger_name, enabled
-- engine: sqlserver
-- levels: 2012+
-- needs: view definition
--
-- Which triggers there are and whether they fire. Names of tables are folded as in row-counts, those of triggers to lower
-- case. queries/sqlserver/triggers.sql looks closer where both sides are SQL Server.
-- A trigger that is missing or disabled on the target no longer keeps what it kept.
SELECT REPLACE(LOWER(CASE WHEN s.name = SCHEMA_NAME() THEN o.name ELSE s.name + '.' + o.name END), '_', '') AS table_name,
       LOWER(r.name) AS trigger_name,
       CASE WHEN r.is_disabled = 1 THEN 0 ELSE 1 END AS enabled
FROM sys.triggers AS r
JOIN sys.objects AS o ON o.object_id = r.parent_id
JOIN sys.schemas AS s ON s.schema_id = o.schema_id
WHERE r.parent_class = 1 AND r.is_ms_shipped = 0
