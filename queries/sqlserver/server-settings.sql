-- name: sqlserver-server-settings
-- title: Settings of the server that data and security depend on
-- proves: DPIA 5.0 recommendation 12, new servers configured correctly; 4.0 risk 1, security of the new system
-- key: setting
-- codes: setting, value
-- engine: sqlserver
-- levels: 2012+
--
-- Settings in force now, not those that wait for a restart. Memory and parallelism follow the machine and are left out,
-- but for the degree of parallelism, which CRM expects to be set on purpose.
-- A collation that differs from the old server's breaks comparisons with temporary tables. The rest open ways to run other
-- code on the server or to sign in: each difference wants a reason.
SELECT LOWER(c.name) AS setting, CAST(c.value_in_use AS nvarchar(128)) AS value
FROM sys.configurations AS c
WHERE c.name IN (N'Ad Hoc Distributed Queries', N'backup compression default', N'clr enabled',
                 N'contained database authentication', N'cross db ownership chaining', N'Database Mail XPs',
                 N'max degree of parallelism', N'Ole Automation Procedures', N'remote access', N'xp_cmdshell')
UNION ALL
SELECT v.setting, v.value
FROM (VALUES
    ('collation of the server', CAST(SERVERPROPERTY('Collation') AS nvarchar(128))),
    ('full-text search installed', CAST(SERVERPROPERTY('IsFullTextInstalled') AS nvarchar(128))),
    ('windows authentication only', CAST(SERVERPROPERTY('IsIntegratedSecurityOnly') AS nvarchar(128)))
) AS v (setting, value)
