namespace MigrationGuard.TSql.Tests;

/// <summary>The SQL Server version that introduced each function, catalogue object and property this repository may use.</summary>
/// <remarks>
/// Old-level parsers accept newer functions as calls of something they have never heard of, and no parser knows catalogue
/// views, so Microsoft's documentation of each ("Applies to") is kept here. What is not listed fails the test that meets
/// it: look it up and add it. Whatever SQL Server 2012 has is listed under 2012, however old it is.
/// </remarks>
internal static class IntroducedIn
{
    public static readonly IReadOnlyDictionary<string, SqlServerLevel> Functions = Table(
        (SqlServerLevel.Sql2012, """
            ABS APP_NAME APPLOCK_MODE APPLOCK_TEST ASCII AVG BINARY_CHECKSUM CAST CEILING CHAR CHARINDEX CHECKSUM CHECKSUM_AGG CHOOSE
            COALESCE COL_LENGTH COL_NAME COLUMNPROPERTY CONCAT CONVERT COUNT COUNT_BIG CURRENT_TIMESTAMP DATABASEPROPERTYEX DATALENGTH
            DATEADD DATEDIFF DATEFROMPARTS DATENAME DATEPART DATETIME2FROMPARTS DATETIMEFROMPARTS DAY DB_ID DB_NAME DENSE_RANK EOMONTH
            ERROR_MESSAGE ERROR_NUMBER FIRST_VALUE FLOOR FORMAT GETDATE GETUTCDATE GROUPING GROUPING_ID HAS_DBACCESS HAS_PERMS_BY_NAME
            HASHBYTES HOST_NAME IDENT_CURRENT IIF INDEXPROPERTY IS_MEMBER IS_ROLEMEMBER IS_SRVROLEMEMBER ISDATE ISNULL ISNUMERIC LAG
            LAST_VALUE LEAD LEFT LEN LOWER LTRIM MAX MIN MONTH NCHAR NEWID NTILE NULLIF OBJECT_DEFINITION OBJECT_ID OBJECT_NAME
            OBJECT_SCHEMA_NAME OBJECTPROPERTY OBJECTPROPERTYEX ORIGINAL_LOGIN PARSE PARSENAME PATINDEX QUOTENAME RANK REPLACE REPLICATE
            REVERSE RIGHT ROUND ROW_NUMBER ROWCOUNT_BIG RTRIM SCHEMA_ID SCHEMA_NAME SCOPE_IDENTITY SERVERPROPERTY SIGN SPACE STDEV STR STUFF
            SUBSTRING SUM SUSER_ID SUSER_NAME SUSER_SNAME SWITCHOFFSET SYSDATETIME SYSDATETIMEOFFSET SYSUTCDATETIME TODATETIMEOFFSET TRY_CAST
            TRY_CONVERT TRY_PARSE TYPE_ID TYPE_NAME TYPEPROPERTY UNICODE UPPER USER_ID USER_NAME VAR XACT_STATE YEAR
            """),
        (SqlServerLevel.Sql2016, """
            COMPRESS DATEDIFF_BIG DECOMPRESS ISJSON JSON_MODIFY JSON_QUERY JSON_VALUE OPENJSON SESSION_CONTEXT STRING_ESCAPE STRING_SPLIT
            """),
        (SqlServerLevel.Sql2017, "CONCAT_WS STRING_AGG TRANSLATE TRIM"),
        (SqlServerLevel.Sql2019, "APPROX_COUNT_DISTINCT"),
        (SqlServerLevel.Sql2022, "DATE_BUCKET DATETRUNC GENERATE_SERIES GREATEST JSON_ARRAY JSON_OBJECT JSON_PATH_EXISTS LEAST"));

    /// <summary>Catalogue views and tables of msdb, as they are written in a FROM clause.</summary>
    /// <remarks>dm_db_stats_histogram came with a cumulative update, 2016 SP1 CU2: whether it is there is asked first.</remarks>
    public static readonly IReadOnlyDictionary<string, SqlServerLevel> CatalogueObjects = Table(
        (SqlServerLevel.Sql2012, """
            sys.all_objects sys.check_constraints sys.columns sys.configurations sys.database_principals sys.database_role_members sys.databases
            sys.dm_hadr_database_replica_states sys.foreign_keys sys.identity_columns sys.index_columns sys.indexes sys.key_constraints sys.objects
            sys.partitions sys.schemas sys.sequences sys.server_principals sys.sql_modules sys.stats sys.stats_columns sys.tables sys.trigger_events sys.triggers sys.types
            sys.database_recovery_status msdb.dbo.backupmediafamily msdb.dbo.backupset msdb.dbo.restorehistory msdb.dbo.suspect_pages
            """),
        (SqlServerLevel.Sql2016, """
            sys.database_scoped_configurations sys.dm_db_stats_histogram sys.dm_exec_function_stats sys.masked_columns sys.security_policies
            sys.security_predicates
            """),
        (SqlServerLevel.Sql2019, "sys.dm_db_page_info"));

    /// <summary>Columns that later versions added to catalogue views older than themselves.</summary>
    public static readonly IReadOnlyDictionary<string, SqlServerLevel> LaterColumns = Table(
        (SqlServerLevel.Sql2014, "delayed_durability delayed_durability_desc durability durability_desc is_memory_optimized"),
        (SqlServerLevel.Sql2016, """
            compression_delay history_table_id is_masked is_query_store_on is_remote_data_archive_enabled last_used_value temporal_type
            temporal_type_desc
            """),
        (SqlServerLevel.Sql2017, "graph_type is_edge is_node is_temporal_history_retention_enabled"),
        (SqlServerLevel.Sql2019, "is_accelerated_database_recovery_on optimize_for_sequential_key secondary_lag_seconds"));

    /// <summary>Property names of DATABASEPROPERTYEX and SERVERPROPERTY.</summary>
    /// <remarks>LastGoodCheckDbTime came with a service pack: 2016 SP2.</remarks>
    public static readonly IReadOnlyDictionary<string, SqlServerLevel> Properties = Table(
        (SqlServerLevel.Sql2012, """
            Collation Edition EngineEdition IsClustered IsFullTextInstalled IsHadrEnabled IsInStandBy IsIntegratedSecurityOnly MachineName ProductLevel
            ProductVersion Recovery ServerName Status Updateability UserAccess Version
            """),
        (SqlServerLevel.Sql2014, "IsXTPSupported"),
        (SqlServerLevel.Sql2016, "LastGoodCheckDbTime"),
        (SqlServerLevel.Sql2019, "IsTempDbMetadataMemoryOptimized"));

    private static Dictionary<string, SqlServerLevel> Table(params (SqlServerLevel Level, string Names)[] rows) =>
        rows.SelectMany(row => row.Names.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(name => (name, row.Level)))
            .ToDictionary(entry => entry.name, entry => entry.Level, StringComparer.OrdinalIgnoreCase);
}
