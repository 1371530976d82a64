-- name: sqlserver-suspect-pages
-- title: Pages of this database that SQL Server found damaged
-- proves: DPIA 5.0 recommendation 4.2, alerts on issues during back-up and restore; 4.0 risk 5, loss of data
-- key: event
-- codes: event, pages, errors
-- engine: sqlserver
-- levels: 2012+
--
-- msdb notes every page that failed to be read (errors 823 and 824) and what was done about it. Every event has a row,
-- with zero pages where there are none. The table keeps 1,000 rows at most and has to be cleared by hand: when it is full,
-- new damage is not noted. The login needs to reach msdb.
-- Damage on the source was copied with the back-up unless it was repaired first. Damage on the target only points to its
-- storage: run DBCC CHECKDB there before anybody signs off.
SELECT e.event, COUNT(p.page_id) AS pages, COALESCE(SUM(CAST(p.error_count AS bigint)), 0) AS errors
FROM (VALUES (1, 'unreadable or wrong page id'), (2, 'bad checksum'), (3, 'torn page'),
             (4, 'restored'), (5, 'repaired'), (7, 'deallocated by a repair')) AS e (event_type, event)
LEFT JOIN msdb.dbo.suspect_pages AS p ON p.event_type = e.event_type AND p.database_id = DB_ID()
GROUP BY e.event
