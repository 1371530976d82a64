using MigrationGuard.Databases;
using MigrationGuard.Verification.QueryPairs;

namespace MigrationGuard.TSql.Tests;

/// <summary>A query file of this repository, as the program reads it, with the versions it claims.</summary>
internal sealed record ShippedQuery(QueryFile File, string? Levels)
{
    /// <summary>Whether it runs on SQL Server: written for it, or for all engines.</summary>
    public bool IsTransactSql => File.Engine is null or Provider.SqlServer;

    /// <summary>What it claims; a text for all engines keeps to what every supported version has.</summary>
    public SqlServerLevel Claimed => Levels is null ? SqlServerLevel.Sql2012 : SqlServerLevels.Claim(Levels);

    /// <summary>Paths below <c>queries/</c>, the same on every machine.</summary>
    public static IEnumerable<string> Paths() =>
        Directory.EnumerateFiles(Folder, "*.sql", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    public static ShippedQuery Read(string path)
    {
        var text = System.IO.File.ReadAllText(Path.Combine(Folder, path));
        return new ShippedQuery(QueryFile.Parse(path, text), Header(text, "levels"));
    }

    private static string Folder => RepositoryRoot.At("queries");

    private static string? Header(string text, string name) =>
        text.Split('\n')
            .Select(line => line.Trim())
            .FirstOrDefault(line => line.StartsWith($"-- {name}:", StringComparison.Ordinal))
            ?.Split(':', 2)[1].Trim();
}
