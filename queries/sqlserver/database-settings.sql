-- name: sqlserver-database-settings
-- title: Settings of the database
-- proves: DPIA 5.0 recommendation 12, new servers configured correctly; 4.0 risk 1, security of the new system
-- key: setting
-- codes: setting, value
-- engine: sqlserver
-- levels: 2012+
--
-- One row a setting, so that the report names each one that differs. Flags are 0 or 1.
-- An upgrade is meant to raise the compatibility level; put that on record as an expected difference. What should not
-- change: the collation (it decides what is equal), read committed snapshot (CRM relies on it), page verification (without
-- CHECKSUM, damage goes unseen), the recovery model (without FULL there are no hourly log back-ups, recommendation 10) and
-- encryption at rest. Trustworthy, cross-database chaining and an owner other than sa widen what a login can reach; a
-- restore sets the owner to whoever restored, who is not named here.
SELECT v.setting, v.value
FROM sys.databases AS d
-- The catalogue's texts have collations of their own, which would not go into one column.
CROSS APPLY (VALUES
    ('ansi nulls', CAST(d.is_ansi_nulls_on AS nvarchar(128))),
    ('ansi padding', CAST(d.is_ansi_padding_on AS nvarchar(128))),
    ('auto close', CAST(d.is_auto_close_on AS nvarchar(128))),
    ('auto create statistics', CAST(d.is_auto_create_stats_on AS nvarchar(128))),
    ('auto shrink', CAST(d.is_auto_shrink_on AS nvarchar(128))),
    ('auto update statistics', CAST(d.is_auto_update_stats_on AS nvarchar(128))),
    ('change data capture', CAST(d.is_cdc_enabled AS nvarchar(128))),
    ('collation', d.collation_name COLLATE DATABASE_DEFAULT),
    ('compatibility level', CAST(d.compatibility_level AS nvarchar(128))),
    ('containment', d.containment_desc COLLATE DATABASE_DEFAULT),
    ('cross-database ownership chaining', CAST(d.is_db_chaining_on AS nvarchar(128))),
    ('encrypted at rest (TDE)', CAST(d.is_encrypted AS nvarchar(128))),
    ('full-text search', CAST(d.is_fulltext_enabled AS nvarchar(128))),
    ('owned by sa', CASE WHEN d.owner_sid = 0x01 THEN N'1' ELSE N'0' END),
    ('page verification', d.page_verify_option_desc COLLATE DATABASE_DEFAULT),
    ('parameterisation forced', CAST(d.is_parameterization_forced AS nvarchar(128))),
    ('published', CAST(d.is_published AS nvarchar(128))),
    ('quoted identifiers', CAST(d.is_quoted_identifier_on AS nvarchar(128))),
    ('read committed snapshot', CAST(d.is_read_committed_snapshot_on AS nvarchar(128))),
    ('read only', CAST(d.is_read_only AS nvarchar(128))),
    ('recovery model', d.recovery_model_desc COLLATE DATABASE_DEFAULT),
    ('recursive triggers', CAST(d.is_recursive_triggers_on AS nvarchar(128))),
    ('service broker', CAST(d.is_broker_enabled AS nvarchar(128))),
    ('snapshot isolation', d.snapshot_isolation_state_desc COLLATE DATABASE_DEFAULT),
    ('state', d.state_desc COLLATE DATABASE_DEFAULT),
    ('trustworthy', CAST(d.is_trustworthy_on AS nvarchar(128))),
    ('users may connect', d.user_access_desc COLLATE DATABASE_DEFAULT)
) AS v (setting, value)
WHERE d.database_id = DB_ID()
