-- name: sequences
-- title: Where identity columns and sequences stand
-- proves: DPIA 5.0 recommendation 4.3, measures for ensuring and testing data integrity
-- key: name
-- codes: name
-- engine: sqlserver
-- levels: 2012+
-- needs: view definition
--
-- The last number given out, NULL where none was yet. An identity column is named by its table and itself, joined by a
-- dot, so that it pairs up with the sequence behind a column of PostgreSQL; names are folded as in row-counts.
-- A target that stands behind the source gives numbers out a second time: the usual fault of a load that brought its own
-- numbers along. A target that stands ahead is harmless.
SELECT REPLACE(LOWER(CASE WHEN s.name = SCHEMA_NAME() THEN t.name ELSE s.name + '.' + t.name END + '.' + c.name), '_', '') AS name,
       CAST(c.last_value AS decimal(38, 0)) AS position
FROM sys.identity_columns AS c
JOIN sys.tables AS t ON t.object_id = c.object_id
JOIN sys.schemas AS s ON s.schema_id = t.schema_id
WHERE t.is_ms_shipped = 0
UNION ALL
SELECT REPLACE(LOWER(CASE WHEN s.name = SCHEMA_NAME() THEN q.name ELSE s.name + '.' + q.name END), '_', ''),
       CAST(q.current_value AS decimal(38, 0))
FROM sys.sequences AS q
JOIN sys.schemas AS s ON s.schema_id = q.schema_id
WHERE q.is_ms_shipped = 0
