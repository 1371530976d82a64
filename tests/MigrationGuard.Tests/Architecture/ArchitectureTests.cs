using System.Reflection;
using System.Xml.Linq;

namespace MigrationGuard.Tests.Architecture;

/// <summary>Holds the code against <c>src/ARCHITECTURE.md</c>.</summary>
public sealed class ArchitectureTests
{
    private static readonly ArchitectureRules Rules = ArchitectureRules.Read();
    private static readonly ArchitectureCheck Check = new(Rules);

    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(RepositoryRoot.At("src"), "MigrationGuard*").Select(folder => Path.GetFileName(folder))];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_file_references_only_what_its_row_allows(string project)
    {
        var references = XDocument.Load(RepositoryRoot.At("src", project, project + ".csproj"))
            .Descendants("ProjectReference")
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
            .Select(path => Path.GetFileNameWithoutExtension(path));
        Check.ProjectReferences(project, references).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Projects))]
    public void A_compiled_assembly_uses_no_project_that_it_reaches_only_through_another(string project)
    {
        var assembly = project == "MigrationGuard" ? "migrationguard" : project;
        var references = Assembly.Load(assembly).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("MigrationGuard", StringComparison.Ordinal));
        Check.ProjectReferences(project, references).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Projects))]
    public void The_source_of_a_project_uses_only_the_folders_and_drivers_that_it_may(string project)
    {
        var breaches = new List<string>();
        foreach (var (folder, file) in SourceFiles(project))
        {
            if (folder is not null)
                breaches.AddRange(Check.Folder(project, folder));
            breaches.AddRange(Check.Source(project, folder, File.ReadAllText(file)).Select(breach => $"{file}: {breach}"));
        }
        breaches.ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_in_the_table_exists()
    {
        var projects = Rules.MayReference.Keys.Where(name => !name.Contains('/', StringComparison.Ordinal));
        projects.Where(project => !File.Exists(RepositoryRoot.At("src", project, project + ".csproj"))).ShouldBeEmpty();
    }

    [Fact]
    public void A_project_reference_that_the_table_does_not_allow_is_found() =>
        Check.ProjectReferences("MigrationGuard.Evidence", ["MigrationGuard.Ledger", "MigrationGuard.Verification"])
            .ShouldHaveSingleItem().ShouldContain("MigrationGuard.Evidence references MigrationGuard.Verification");

    [Fact]
    public void A_project_without_a_row_is_found() =>
        Check.ProjectReferences("MigrationGuard.Unheard", []).ShouldHaveSingleItem().ShouldContain("MigrationGuard.Unheard has no row");

    [Fact]
    public void A_folder_without_a_row_is_found_where_its_project_has_rows_for_folders()
    {
        Check.Folder("MigrationGuard.Verification", "Unheard").ShouldHaveSingleItem().ShouldContain("has no row");
        Check.Folder("MigrationGuard.Databases", "Unheard").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("using MigrationGuard.Verification.QueryPairs;")]
    [InlineData("using Pair = MigrationGuard.Verification.QueryPairs.QueryPair;")]
    [InlineData("var pair = new Verification.QueryPairs.QueryPair();")]
    [InlineData("var pair = new QueryPairs.QueryPair();")]
    [InlineData("var pair = new global::MigrationGuard.Verification.QueryPairs.QueryPair();")]
    public void A_check_that_knows_another_check_is_found(string source) =>
        Check.Source("MigrationGuard.Verification", "RecordCounts", source).ShouldHaveSingleItem().ShouldContain("RecordCounts uses QueryPairs");

    [Theory]
    [InlineData("using MigrationGuard.Verification.Scans;")]
    [InlineData("// QueryPairs.Something is not code.")]
    [InlineData("var last = scan.QueryPairs.Count;")]
    [InlineData("using MigrationGuard.Verification.RecordCounts;")]
    public void What_a_check_may_use_is_no_breach(string source) =>
        Check.Source("MigrationGuard.Verification", "RecordCounts", source).ShouldBeEmpty();

    [Theory]
    [InlineData("MigrationGuard.Ledger", null, "using Microsoft.Data.Sqlite;")]
    [InlineData("MigrationGuard.Verification", "Running", "catch (Npgsql.PostgresException)")]
    [InlineData("MigrationGuard", "Commands", "using Microsoft.Data.SqlClient;")]
    [InlineData("MigrationGuard", "Demo", "using Npgsql;")]
    public void A_driver_used_outside_its_place_is_found(string project, string? folder, string source) =>
        Check.Source(project, folder, source).ShouldHaveSingleItem();

    [Theory]
    [InlineData("MigrationGuard.Databases", "PostgreSql", "using Npgsql;")]
    [InlineData("MigrationGuard", "Demo", "using Microsoft.Data.Sqlite;")]
    public void A_driver_used_in_its_place_is_no_breach(string project, string? folder, string source) =>
        Check.Source(project, folder, source).ShouldBeEmpty();

    [Fact]
    public void A_document_without_its_table_is_refused() =>
        Should.Throw<InvalidOperationException>(() => ArchitectureRules.Parse("# Architecture")).Message.ShouldContain("has no table");

    private static IEnumerable<(string? Folder, string File)> SourceFiles(string project)
    {
        var root = RepositoryRoot.At("src", project);
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(IsSource))
        {
            var parts = Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar);
            if (parts[0] is not ("bin" or "obj"))
                yield return (parts.Length > 1 ? parts[0] : null, file);
        }
    }

    private static bool IsSource(string file) => Path.GetExtension(file) is ".cs" or ".razor";
}
