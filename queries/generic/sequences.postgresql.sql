-- name: sequences
-- title: Where identity columns and sequences stand
-- proves: DPIA 5.0 recommendation 4.3, measures for ensuring and testing data integrity
-- key: name
-- codes: name
-- engine: postgresql
--
-- The last number given out, NULL where none was yet or where the login may not read the sequence. A sequence that a
-- column owns (serial or identity) is named by its table and column, joined by a dot, so that it pairs up with an identity
-- column of SQL Server; names are folded as in row-counts.
-- A target that stands behind the source gives numbers out a second time: the usual fault of a load that brought its own
-- numbers along. A target that stands ahead is harmless.
SELECT replace(lower(CASE WHEN t.oid IS NOT NULL
                          THEN CASE WHEN ts.nspname = current_schema() THEN t.relname ELSE ts.nspname || '.' || t.relname END || '.' || a.attname
                          WHEN s.nspname = current_schema() THEN q.relname
                          ELSE s.nspname || '.' || q.relname END), '_', '') AS name,
       CASE WHEN has_sequence_privilege(q.oid, 'SELECT,USAGE') THEN pg_sequence_last_value(q.oid) END AS position
FROM pg_class AS q
JOIN pg_namespace AS s ON s.oid = q.relnamespace
LEFT JOIN pg_depend AS o ON o.classid = 'pg_class'::regclass AND o.objid = q.oid AND o.refclassid = 'pg_class'::regclass
                        AND o.deptype IN ('a', 'i') AND o.refobjsubid > 0
LEFT JOIN pg_class AS t ON t.oid = o.refobjid
LEFT JOIN pg_namespace AS ts ON ts.oid = t.relnamespace
LEFT JOIN pg_attribute AS a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid
WHERE q.relkind = 'S' AND q.relpersistence <> 't'
  AND s.nspname NOT IN ('pg_catalog', 'information_schema') AND s.nspname NOT LIKE 'pg\_%'
