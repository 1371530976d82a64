-- name: constraints
-- title: Keys of every table, by kind
-- proves: DPIA 5.0 recommendation 4.3, measures for ensuring and testing data integrity
-- key: table_name, kind
-- codes: table_name, kind, constraints, not_enforced
-- engine: postgresql
--
-- Counts primary keys, unique constraints and foreign keys for each table, and how many of them are not enforced: added
-- NOT VALID, or with their triggers switched off. Names of constraints are left out, since engines make up their own, and
-- so are check constraints, which SQLite does not list. Table names are folded as in row-counts.
-- A key that is missing or not enforced on the target lets through what the source refused: duplicates and orphans.
SELECT k.table_name, k.kind, COUNT(*) AS constraints, SUM(k.not_enforced) AS not_enforced
FROM (
    SELECT replace(lower(CASE WHEN s.nspname = current_schema() THEN c.relname ELSE s.nspname || '.' || c.relname END), '_', '') AS table_name,
           CASE x.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' ELSE 'foreign key' END AS kind,
           CASE WHEN NOT x.convalidated
                  OR EXISTS (SELECT 1 FROM pg_trigger AS g WHERE g.tgconstraint = x.oid AND g.tgenabled = 'D')
                THEN 1 ELSE 0 END AS not_enforced
    FROM pg_constraint AS x
    JOIN pg_class AS c ON c.oid = x.conrelid
    JOIN pg_namespace AS s ON s.oid = c.relnamespace
    WHERE x.contype IN ('p', 'u', 'f') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      -- Referencing a partitioned table makes one more constraint for each of its partitions.
      AND x.conparentid = 0
      AND s.nspname NOT IN ('pg_catalog', 'information_schema') AND s.nspname NOT LIKE 'pg\_%'
      AND NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
) AS k
GROUP BY k.table_name, k.kind
