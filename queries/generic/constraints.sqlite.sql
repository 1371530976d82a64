-- name: constraints
-- title: Keys of every table, by kind
-- proves: DPIA 5.0 recommendation 4.3, measures for ensuring and testing data integrity
-- key: table_name, kind
-- codes: table_name, kind, constraints, not_enforced
-- engine: sqlite
--
-- Counts primary keys, unique constraints and foreign keys for each table. Whether SQLite enforces foreign keys is up to
-- each connection and is not kept in the file, so not_enforced is always 0. Check constraints are left out: SQLite does not
-- list them. Table names are folded as in row-counts.
-- A key that is missing on the target lets through what the source refused: duplicates and orphans.
SELECT REPLACE(LOWER(k.name), '_', '') AS table_name, k.kind, SUM(k.constraints) AS constraints, 0 AS not_enforced
FROM (
    SELECT t.name, 'primary key' AS kind, 1 AS constraints
    FROM pragma_table_list AS t
    WHERE t.schema = 'main' AND t.type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) AS c WHERE c.pk > 0)
    UNION ALL
    SELECT t.name, 'unique', 1
    FROM pragma_table_list AS t
    JOIN pragma_index_list(t.name) AS i
    WHERE t.schema = 'main' AND t.type = 'table' AND i.origin = 'u'
    UNION ALL
    -- A key of several columns has a row for each; the first is number 0.
    SELECT t.name, 'foreign key', 1
    FROM pragma_table_list AS t
    JOIN pragma_foreign_key_list(t.name) AS f
    WHERE t.schema = 'main' AND t.type = 'table' AND f.seq = 0
) AS k
WHERE k.name NOT LIKE 'sqlite\_%' ESCAPE '\'
GROUP BY REPLACE(LOWER(k.name), '_', ''), k.kind
