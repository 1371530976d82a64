using System.Text.RegularExpressions;

namespace MigrationGuard.TSql.Tests;

/// <summary>Every statement that the store is sent: recorded and approved by MigrationGuard.Tests, parsed here.</summary>
public sealed partial class StoreStatementsTests
{
    private const string Approved = "tests/MigrationGuard.Tests/Ledger/Approved/store-statements.sql";

    // Where statements to the store are written. The dialects' own are among the generated statements.
    private static readonly string[] Projects = ["MigrationGuard.Ledger", "MigrationGuard.Decommissioning", "MigrationGuard.Evidence", "MigrationGuard"];

    // Statements of other databases than the store.
    private static readonly string[] NotOfTheStore = ["Demo"];

    private static readonly IReadOnlyList<string> Statements =
        [.. File.ReadAllText(RepositoryRoot.At(Approved.Split('/'))).Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    [Fact]
    public void Every_recorded_statement_parses_as_one_and_uses_nothing_newer_than_2016()
    {
        Statements.Count.ShouldBeGreaterThan(50);
        foreach (var sql in Statements)
            TransactSql.ReviewStatement(sql, SqlServerLevel.Sql2016).ShouldBeEmpty(sql);
    }

    [Theory]
    [InlineData("SELECT seq FROM ledger_entry LIMIT 1")]
    [InlineData("SELECT seq FROM ledger_entry WHERE line = 'a' || 'b'")]
    [InlineData("SELECT seq FROM ledger_entry WHERE seq IS NOT NULL = TRUE")]
    [InlineData("SELECT seq FROM ledger_entry WHERE EXISTS (SELECT 1) = EXISTS (SELECT 1)")]
    [InlineData("SELECT key AS Key FROM mark")]
    [InlineData("SELECT name FROM mark WHERE (name, value) = ('a', 'b')")]
    [InlineData("INSERT INTO mark (name) VALUES ('a') ON CONFLICT DO NOTHING")]
    [InlineData("SELECT greatest(seq, 1) FROM ledger_entry")]
    [InlineData("SELECT seq FROM ledger_entry; SELECT seq FROM ledger_entry")]
    public void A_statement_that_only_other_engines_understand_would_be_found(string sql) =>
        TransactSql.ReviewStatement(sql, SqlServerLevel.Sql2016).ShouldNotBeEmpty();

    [Fact]
    public void Every_statement_in_the_code_was_recorded_or_parses_by_itself()
    {
        var recorded = Statements.Select(sql => sql + " ").ToList();
        var written = Projects.SelectMany(project => Directory.EnumerateFiles(RepositoryRoot.At("src", project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" || NotOfTheStore.Contains(part)))
            .SelectMany(file => Literals(File.ReadAllText(file)).Select(sql => (File: Path.GetFileName(file), Sql: sql)))
            .ToList();
        written.Count.ShouldBeGreaterThan(40);
        var never = written.Where(literal => !recorded.Any(sql => sql.Contains(literal.Sql, StringComparison.Ordinal))).ToList();
        foreach (var (file, sql) in never)
            TransactSql.ReviewStatement(sql, SqlServerLevel.Sql2016).ShouldBeEmpty($"{file}: {sql}\nIf this is only a part, let the scenario of StoreStatementsTests in MigrationGuard.Tests send the whole, and approve what it records.");
    }

    // Literals, raw ones too, that begin as a statement does; up to where a value is put in.
    private static IEnumerable<string> Literals(string code) => Literal().Matches(code)
        .Select(match => match.Groups["raw"].Success ? match.Groups["raw"].Value : match.Groups["plain"].Value)
        .Select(sql => Whitespace().Replace(Comment().Replace(sql, ""), " ").Replace("@keys", "(@k0)", StringComparison.Ordinal).Trim())
        .Where(sql => sql.Contains(' ', StringComparison.Ordinal));

    [GeneratedRegex("\"\"\"\\s*(?<raw>(SELECT|INSERT INTO|UPDATE|DELETE FROM) .*?)\"\"\"|(?<!\")\"(?<plain>(SELECT|INSERT INTO|UPDATE|DELETE FROM) [^\"{]*)", RegexOptions.Singleline)]
    private static partial Regex Literal();

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
