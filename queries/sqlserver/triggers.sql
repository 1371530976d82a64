-- name: sqlserver-triggers
-- title: Triggers: which there are, whether they fire, and how long their text is
-- proves: DPIA 5.0 recommendation 12, new servers configured correctly
-- key: owner_name, trigger_name
-- codes: owner_name, trigger_name, is_disabled, is_instead_of, events, text_bytes
-- engine: sqlserver
-- levels: 2012+
-- needs: view definition
--
-- Triggers on tables and views, and triggers on the database itself. Rows are the same without them; what happens to the
-- next row is not. The length stands for the text, which is not read out: text_bytes is NULL where the trigger is
-- encrypted or the login may not see definitions (VIEW DEFINITION).
-- A trigger that is missing or disabled on the target, or that fires on fewer events, no longer keeps what it kept. One
-- that only the target has may change every row written there.
SELECT COALESCE(LOWER(s.name + '.' + o.name), '(database)') AS owner_name, LOWER(r.name) AS trigger_name,
       CAST(r.is_disabled AS int) AS is_disabled, CAST(r.is_instead_of_trigger AS int) AS is_instead_of,
       (SELECT COUNT(*) FROM sys.trigger_events AS e WHERE e.object_id = r.object_id) AS events,
       DATALENGTH(m.definition) AS text_bytes
FROM sys.triggers AS r
LEFT JOIN sys.objects AS o ON o.object_id = r.parent_id AND r.parent_class = 1
LEFT JOIN sys.schemas AS s ON s.schema_id = o.schema_id
LEFT JOIN sys.sql_modules AS m ON m.object_id = r.object_id
WHERE r.is_ms_shipped = 0
