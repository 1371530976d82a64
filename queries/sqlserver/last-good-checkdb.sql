-- name: sqlserver-last-good-checkdb
-- title: Whether DBCC CHECKDB has found this database sound, lately and since it came to this server
-- proves: DPIA 5.0 recommendation 4.3, measures for ensuring and testing data integrity; 4.0 risk 5, loss of data
-- key: subject
-- codes: subject, ever_checked, checked_in_the_last_7_days, checked_since_arrival
-- engine: sqlserver
-- levels: 2016+
--
-- LastGoodCheckDbTime needs SQL Server 2016 with service pack 2; before that the property is unknown and all three
-- answers are no. The moment itself would differ on any two servers, so what is compared are answers: 1 yes, 0 no.
-- The moment travels inside a back-up. A database that was checked on the old server and then restored therefore looks
-- checked on the new one: checked_since_arrival counts only what was done after the latest restore or creation here. The
-- login needs to read msdb.
-- The target is sound only when checked_since_arrival is 1 there. A 0 on the source means that the copy was made from a
-- database whose own soundness nobody had established.
SELECT 'database' AS subject,
       -- 1 January 1900 stands for never.
       CASE WHEN c.checked_at > '19000101' THEN 1 ELSE 0 END AS ever_checked,
       CASE WHEN c.checked_at > DATEADD(day, -7, GETDATE()) THEN 1 ELSE 0 END AS checked_in_the_last_7_days,
       CASE WHEN c.checked_at > d.create_date
             AND NOT EXISTS (SELECT 1 FROM msdb.dbo.restorehistory AS r
                             -- The two names have the collations of two databases.
                             WHERE r.destination_database_name COLLATE DATABASE_DEFAULT = d.name COLLATE DATABASE_DEFAULT
                               AND r.restore_type = 'D' AND r.restore_date >= c.checked_at)
            THEN 1 ELSE 0 END AS checked_since_arrival
FROM sys.databases AS d
CROSS APPLY (SELECT CAST(DATABASEPROPERTYEX(d.name, 'LastGoodCheckDbTime') AS datetime) AS checked_at) AS c
WHERE d.database_id = DB_ID()
