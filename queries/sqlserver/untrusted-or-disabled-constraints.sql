-- name: sqlserver-untrusted-or-disabled
-- title: Constraints that are disabled or not trusted, and indexes that are disabled
-- proves: DPIA 5.0 recommendation 4.3, measures for ensuring and testing data integrity
-- key: table_name, kind, name, is_disabled, is_not_trusted
-- codes: table_name, kind, name, is_disabled, is_not_trusted, row_count
-- engine: sqlserver
-- levels: 2012+
-- needs: view definition
--
-- A bulk load or an upgrade script may switch constraints off and back on without checking what is there (WITH NOCHECK):
-- the constraint is then enabled and not trusted, and rows that break it may exist. A disabled unique index lets
-- duplicates in. Names that SQL Server made up differ between servers, so those are counted together for each table.
-- No rows on either side is the good case. A row that only the target has was made on the way: check it with
-- ALTER TABLE … WITH CHECK CHECK CONSTRAINT, on the target's owner's word, never from here.
SELECT LOWER(s.name + '.' + t.name) AS table_name, u.kind, u.name, u.is_disabled, u.is_not_trusted, COUNT(*) AS row_count
FROM (
    SELECT f.parent_object_id AS table_id, 'foreign key' AS kind,
           CASE WHEN f.is_system_named = 1 THEN '(named by the system)' ELSE LOWER(f.name) END AS name,
           CAST(f.is_disabled AS int) AS is_disabled, CAST(f.is_not_trusted AS int) AS is_not_trusted
    FROM sys.foreign_keys AS f
    WHERE (f.is_disabled = 1 OR f.is_not_trusted = 1) AND f.is_not_for_replication = 0
    UNION ALL
    SELECT c.parent_object_id, 'check',
           CASE WHEN c.is_system_named = 1 THEN '(named by the system)' ELSE LOWER(c.name) END,
           CAST(c.is_disabled AS int), CAST(c.is_not_trusted AS int)
    FROM sys.check_constraints AS c
    WHERE (c.is_disabled = 1 OR c.is_not_trusted = 1) AND c.is_not_for_replication = 0
    UNION ALL
    SELECT i.object_id, CASE WHEN i.is_unique = 1 THEN 'unique index' ELSE 'index' END, LOWER(i.name), 1, 0
    FROM sys.indexes AS i
    WHERE i.is_disabled = 1
) AS u
JOIN sys.tables AS t ON t.object_id = u.table_id
JOIN sys.schemas AS s ON s.schema_id = t.schema_id
WHERE t.is_ms_shipped = 0
GROUP BY s.name, t.name, u.kind, u.name, u.is_disabled, u.is_not_trusted
