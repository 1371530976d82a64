-- name: row-counts
-- title: Row counts of all tables, from metadata on SQL Server
-- proves: DPIA 5.0 recommendation 4.3.c.i, that no table was forgotten; not the counts themselves, which on SQL Server come from metadata here
-- key: table_name
-- codes: table_name, row_count
-- engine: sqlserver
-- levels: 2012+
-- needs: view definition
--
-- One SELECT cannot count every table of a SQL Server database, so these are the counts that its catalogue keeps. They
-- are not transactional and can be wrong: use them to see what there is and to find what a comparison has forgotten, and
-- let record-count checks do the proving.
-- Names are folded to lower case without underscores, and the default schema is dropped, so that tables pair up across
-- engines. Tables whose names then fall together are added up.
-- A table on one side only is one that nobody migrated, or that the upgrade brought. A difference here that the exact
-- counts do not show is the catalogue's error.
SELECT n.table_name, SUM(n.row_count) AS row_count
FROM (
    SELECT REPLACE(LOWER(CASE WHEN s.name = SCHEMA_NAME() THEN t.name ELSE s.name + '.' + t.name END), '_', '') AS table_name,
           p.rows AS row_count
    FROM sys.tables AS t
    JOIN sys.schemas AS s ON s.schema_id = t.schema_id
    -- The heap or the clustered index: other indexes hold the same rows again.
    JOIN sys.partitions AS p ON p.object_id = t.object_id AND p.index_id < 2
    WHERE t.is_ms_shipped = 0
) AS n
GROUP BY n.table_name
