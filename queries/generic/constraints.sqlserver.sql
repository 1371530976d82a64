-- name: constraints
-- title: Keys of every table, by kind
-- proves: DPIA 5.0 recommendation 4.3, measures for ensuring and testing data integrity
-- key: table_name, kind
-- codes: table_name, kind, constraints, not_enforced
-- engine: sqlserver
-- levels: 2012+
-- needs: view definition
--
-- Counts primary keys, unique constraints and foreign keys for each table, and how many of them are not enforced:
-- disabled, or enabled without having been checked. Names of constraints are left out, since engines make up their own, and
-- so are check constraints, which SQLite does not list. Table names are folded as in row-counts.
-- A key that is missing or not enforced on the target lets through what the source refused: duplicates and orphans.
SELECT k.table_name, k.kind, COUNT(*) AS constraints, SUM(k.not_enforced) AS not_enforced
FROM (
    SELECT REPLACE(LOWER(CASE WHEN s.name = SCHEMA_NAME() THEN t.name ELSE s.name + '.' + t.name END), '_', '') AS table_name,
           c.kind, c.not_enforced
    FROM (
        SELECT x.parent_object_id AS table_id, CASE x.type WHEN 'PK' THEN 'primary key' ELSE 'unique' END AS kind,
               CAST(i.is_disabled AS int) AS not_enforced
        FROM sys.key_constraints AS x
        JOIN sys.indexes AS i ON i.object_id = x.parent_object_id AND i.index_id = x.unique_index_id
        UNION ALL
        SELECT f.parent_object_id, 'foreign key', CASE WHEN f.is_disabled = 1 OR f.is_not_trusted = 1 THEN 1 ELSE 0 END
        FROM sys.foreign_keys AS f
    ) AS c
    JOIN sys.tables AS t ON t.object_id = c.table_id
    JOIN sys.schemas AS s ON s.schema_id = t.schema_id
    WHERE t.is_ms_shipped = 0
) AS k
GROUP BY k.table_name, k.kind
