-- name: row-counts
-- title: Row counts of all tables
-- proves: DPIA 5.0 recommendation 4.3.c.i, record counts
-- key: table_name
-- codes: table_name, row_count
-- engine: postgresql
--
-- Exact counts of every table, within one statement: query_to_xml runs a count for each. It reads every table in full, so
-- it takes as long as counting all of them one after another, and the login needs SELECT on all.
-- Names are folded to lower case without underscores, and the default schema is dropped, so that tables pair up across
-- engines. Tables whose names then fall together are added up.
-- A table on one side only is one that nobody migrated. Where the other side is SQL Server, its counts come from metadata
-- and may be wrong: let record-count checks decide.
SELECT n.table_name, SUM(n.row_count) AS row_count
FROM (
    SELECT replace(lower(CASE WHEN s.nspname = current_schema() THEN c.relname ELSE s.nspname || '.' || c.relname END), '_', '') AS table_name,
           (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I.%I', s.nspname, c.relname), false, true, '')))[1]::text::bigint AS row_count
    FROM pg_class AS c
    JOIN pg_namespace AS s ON s.oid = c.relnamespace
    -- A partition's rows are its parent's.
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
      AND s.nspname NOT IN ('pg_catalog', 'information_schema') AND s.nspname NOT LIKE 'pg\_%'
      AND NOT EXISTS (SELECT 1 FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
) AS n
GROUP BY n.table_name
