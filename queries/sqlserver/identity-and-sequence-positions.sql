-- name: sqlserver-identity-and-sequence-positions
-- title: Where identity columns and sequences stand
-- proves: DPIA 5.0 recommendation 4.3, measures for ensuring and testing data integrity
-- key: kind, owner_name, name
-- codes: kind, owner_name, name, step
-- engine: sqlserver
-- levels: 2012+
-- needs: view definition
--
-- The last value given out by each identity column and sequence; NULL where none was yet. Numbers that people know, such
-- as case or registration numbers, are often made from these.
-- A target that stands behind the source gives numbers out a second time: inserts fail, or two cases bear one number. A
-- target that stands ahead is harmless: a restart skips up to 1,000 identity values, and sequences skip what they cached.
SELECT 'identity' AS kind, LOWER(s.name + '.' + t.name) AS owner_name, LOWER(c.name) AS name,
       CAST(c.last_value AS decimal(38, 0)) AS position, CAST(c.increment_value AS decimal(38, 0)) AS step
FROM sys.identity_columns AS c
JOIN sys.tables AS t ON t.object_id = c.object_id
JOIN sys.schemas AS s ON s.schema_id = t.schema_id
WHERE t.is_ms_shipped = 0
UNION ALL
SELECT 'sequence', LOWER(s.name), LOWER(q.name), CAST(q.current_value AS decimal(38, 0)), CAST(q.increment AS decimal(38, 0))
FROM sys.sequences AS q
JOIN sys.schemas AS s ON s.schema_id = q.schema_id
WHERE q.is_ms_shipped = 0
