-- What a SQL Server's msdb recorded of back-ups and restores, for MigrationGuard: SQL Server 2012 and later, and it only reads.
-- Where the server cannot be reached by the program, somebody who may read msdb exports it as CSV, for example with PowerShell:
--
--   Invoke-Sqlcmd -ServerInstance SERVER -Database msdb -InputFile backup-history.sql | Export-Csv history.csv -NoTypeInformation -Encoding UTF8
--
-- It needs SELECT on the three tables of msdb, and VIEW ANY DATABASE for the databases' families.
-- Every value is text already, so that no tool writes it in a language or a format of its own. History of 400 days is read.
-- Each row says of how many rows the answer is, so that an export that broke off is not taken for all of it.
SELECT CAST(COUNT(*) OVER () AS nvarchar(11)) AS row_count,
       h.record, h.exported_at, h.server_name, h.machine_name, h.database_name, h.type, h.backup_set_uuid, h.family_guid, h.last_recovery_fork_guid,
       h.first_lsn, h.last_lsn, h.checkpoint_lsn, h.database_backup_lsn, h.backup_start_date, h.backup_finish_date, h.time_zone,
       h.is_copy_only, h.is_damaged, h.has_incomplete_metadata, h.family_sequence_number, h.mirror, h.device_type, h.physical_device_name,
       h.restore_date, h.destination_database_name, h.restore_type, h.recovery, h.create_date
FROM (
SELECT N'server' AS record,
       CONVERT(nvarchar(33), SYSUTCDATETIME(), 126) AS exported_at,
       CAST(SERVERPROPERTY('ServerName') AS nvarchar(128)) COLLATE DATABASE_DEFAULT AS server_name,
       CAST(SERVERPROPERTY('MachineName') AS nvarchar(128)) COLLATE DATABASE_DEFAULT AS machine_name,
       CAST(NULL AS nvarchar(128)) COLLATE DATABASE_DEFAULT AS database_name,
       CAST(NULL AS nvarchar(1)) COLLATE DATABASE_DEFAULT AS type,
       CAST(NULL AS nvarchar(36)) AS backup_set_uuid,
       CAST(NULL AS nvarchar(36)) AS family_guid,
       CAST(NULL AS nvarchar(36)) AS last_recovery_fork_guid,
       CAST(NULL AS nvarchar(25)) AS first_lsn,
       CAST(NULL AS nvarchar(25)) AS last_lsn,
       CAST(NULL AS nvarchar(25)) AS checkpoint_lsn,
       CAST(NULL AS nvarchar(25)) AS database_backup_lsn,
       CAST(NULL AS nvarchar(33)) AS backup_start_date,
       CAST(NULL AS nvarchar(33)) AS backup_finish_date,
       CAST(NULL AS nvarchar(6)) AS time_zone,
       CAST(NULL AS nvarchar(1)) AS is_copy_only,
       CAST(NULL AS nvarchar(1)) AS is_damaged,
       CAST(NULL AS nvarchar(1)) AS has_incomplete_metadata,
       CAST(NULL AS nvarchar(3)) AS family_sequence_number,
       CAST(NULL AS nvarchar(3)) AS mirror,
       CAST(NULL AS nvarchar(3)) AS device_type,
       CAST(NULL AS nvarchar(260)) COLLATE DATABASE_DEFAULT AS physical_device_name,
       CAST(NULL AS nvarchar(33)) AS restore_date,
       CAST(NULL AS nvarchar(128)) COLLATE DATABASE_DEFAULT AS destination_database_name,
       CAST(NULL AS nvarchar(1)) COLLATE DATABASE_DEFAULT AS restore_type,
       CAST(NULL AS nvarchar(1)) AS recovery,
       CAST(NULL AS nvarchar(33)) AS create_date
UNION ALL
SELECT N'backup', NULL,
       s.server_name COLLATE DATABASE_DEFAULT, s.machine_name COLLATE DATABASE_DEFAULT, s.database_name COLLATE DATABASE_DEFAULT,
       CAST(s.type AS nvarchar(1)) COLLATE DATABASE_DEFAULT,
       CAST(s.backup_set_uuid AS nvarchar(36)), CAST(s.family_guid AS nvarchar(36)), CAST(s.last_recovery_fork_guid AS nvarchar(36)),
       CAST(s.first_lsn AS nvarchar(25)), CAST(s.last_lsn AS nvarchar(25)), CAST(s.checkpoint_lsn AS nvarchar(25)), CAST(s.database_backup_lsn AS nvarchar(25)),
       CONVERT(nvarchar(33), s.backup_start_date, 126), CONVERT(nvarchar(33), s.backup_finish_date, 126), CAST(s.time_zone AS nvarchar(6)),
       CAST(s.is_copy_only AS nvarchar(1)), CAST(s.is_damaged AS nvarchar(1)), CAST(s.has_incomplete_metadata AS nvarchar(1)),
       CAST(f.family_sequence_number AS nvarchar(3)), CAST(f.mirror AS nvarchar(3)), CAST(f.device_type AS nvarchar(3)),
       f.physical_device_name COLLATE DATABASE_DEFAULT,
       NULL, NULL, NULL, NULL, NULL
FROM msdb.dbo.backupset AS s
-- A row for each stripe, and for each mirror of it.
LEFT JOIN msdb.dbo.backupmediafamily AS f ON f.media_set_id = s.media_set_id
WHERE s.backup_finish_date IS NULL OR s.backup_finish_date >= DATEADD(day, -400, GETDATE())
UNION ALL
SELECT N'restore', NULL,
       s.server_name COLLATE DATABASE_DEFAULT, s.machine_name COLLATE DATABASE_DEFAULT, s.database_name COLLATE DATABASE_DEFAULT,
       CAST(s.type AS nvarchar(1)) COLLATE DATABASE_DEFAULT,
       CAST(s.backup_set_uuid AS nvarchar(36)), CAST(s.family_guid AS nvarchar(36)), CAST(s.last_recovery_fork_guid AS nvarchar(36)),
       NULL, NULL, NULL, NULL,
       CONVERT(nvarchar(33), s.backup_start_date, 126), CONVERT(nvarchar(33), s.backup_finish_date, 126), CAST(s.time_zone AS nvarchar(6)),
       NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       CONVERT(nvarchar(33), r.restore_date, 126), r.destination_database_name COLLATE DATABASE_DEFAULT,
       CAST(r.restore_type AS nvarchar(1)) COLLATE DATABASE_DEFAULT, CAST(r.recovery AS nvarchar(1)), NULL
FROM msdb.dbo.restorehistory AS r
LEFT JOIN msdb.dbo.backupset AS s ON s.backup_set_id = r.backup_set_id
UNION ALL
SELECT N'database', NULL, NULL, NULL, d.name COLLATE DATABASE_DEFAULT, NULL, NULL, CAST(y.family_guid AS nvarchar(36)),
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       CONVERT(nvarchar(33), d.create_date, 126)
FROM sys.databases AS d
-- NULL of a database that is offline, or whose row the login may not see.
LEFT JOIN sys.database_recovery_status AS y ON y.database_id = d.database_id
) AS h
