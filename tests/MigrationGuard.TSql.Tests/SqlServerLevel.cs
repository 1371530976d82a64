using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace MigrationGuard.TSql.Tests;

/// <summary>A version of SQL Server, numbered as its own compatibility level is.</summary>
internal enum SqlServerLevel
{
    Sql2012 = 110,
    Sql2014 = 120,
    Sql2016 = 130,
    Sql2017 = 140,
    Sql2019 = 150,

    /// <summary>Newer than any version a statement may claim.</summary>
    Sql2022 = 160,
}

/// <summary>What a statement claims when it says <c>2016+</c>.</summary>
internal static class SqlServerLevels
{
    private static readonly SqlServerLevel[] WithParser =
        [SqlServerLevel.Sql2012, SqlServerLevel.Sql2014, SqlServerLevel.Sql2016, SqlServerLevel.Sql2017, SqlServerLevel.Sql2019];

    /// <summary>The oldest version of a claim such as <c>2016+</c>.</summary>
    public static SqlServerLevel Claim(string levels) => levels switch
    {
        "2012+" => SqlServerLevel.Sql2012,
        "2016+" => SqlServerLevel.Sql2016,
        "2017+" => SqlServerLevel.Sql2017,
        "2019+" => SqlServerLevel.Sql2019,
        _ => throw new ArgumentException($"'{levels}' claims no version: write 2012+, 2016+, 2017+ or 2019+.", nameof(levels)),
    };

    /// <summary>The claimed version and every later one there is a parser for.</summary>
    public static IEnumerable<SqlServerLevel> From(SqlServerLevel claimed) => WithParser.Where(level => level >= claimed);

    /// <summary>Microsoft's own parser for the version.</summary>
    public static TSqlParser Parser(SqlServerLevel level) => level switch
    {
        SqlServerLevel.Sql2012 => new TSql110Parser(initialQuotedIdentifiers: true),
        SqlServerLevel.Sql2014 => new TSql120Parser(initialQuotedIdentifiers: true),
        SqlServerLevel.Sql2016 => new TSql130Parser(initialQuotedIdentifiers: true),
        SqlServerLevel.Sql2017 => new TSql140Parser(initialQuotedIdentifiers: true),
        SqlServerLevel.Sql2019 => new TSql150Parser(initialQuotedIdentifiers: true),
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "There is no parser for this version."),
    };
}
