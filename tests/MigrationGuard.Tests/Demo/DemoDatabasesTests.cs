using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using MigrationGuard.Demo;

namespace MigrationGuard.Tests.Demo;

public sealed class DemoDatabasesTests(BuiltDemo demo) : IClassFixture<BuiltDemo>
{
    [Fact]
    public async Task The_same_rows_are_built_each_time()
    {
        using var other = new TemporaryDirectory();
        await DemoDatabases.BuildAsync(other.Path, CancellationToken.None);

        Digest(other.At("old.sqlite")).ShouldBe(Digest(Path.Combine(demo.Directory, "old.sqlite")));
        Digest(other.At("new.sqlite")).ShouldBe(Digest(Path.Combine(demo.Directory, "new.sqlite")));
    }

    [Fact]
    public void One_changed_value_changes_the_digest_that_says_so()
    {
        using var copy = demo.Copy();
        copy.Execute("old.sqlite", "UPDATE AccountBase SET Name = Name || '!' WHERE AccountNumber = 'ACC-00042'").ShouldBe(1);

        Digest(copy.At("old.sqlite")).ShouldNotBe(Digest(Path.Combine(demo.Directory, "old.sqlite")));
    }

    [Theory]
    [InlineData("SystemUserBase", 140, 140)]
    [InlineData("AccountBase", 4_200, 4_200)]
    [InlineData("ContactBase", 9_600, 9_597)]
    [InlineData("IncidentBase", 8_400, 8_400)]
    [InlineData("ActivityPointerBase", 17_000, 17_000)]
    [InlineData("AnnotationBase", 6_300, 6_300)]
    [InlineData("QueueItemBase", 2_604, 2_604)]
    [InlineData("new_feeBase", 7_300, 7_302)]
    [InlineData("AsyncOperationBase", 3_100, 1_900)]
    [InlineData("TraceLogBase", 1_500, 0)]
    public void Each_table_has_its_stated_rows(string table, long oldRows, long newRows)
    {
        Ask("old.sqlite", $"SELECT count(*) FROM {table}").ShouldBe(oldRows);
        Ask("new.sqlite", $"SELECT count(*) FROM {table}").ShouldBe(newRows);
    }

    [Fact]
    public void Every_table_is_compared_or_excluded()
    {
        var comparison = DemoConfiguration.Options(demo.Directory).Comparisons["crm"];
        var spokenFor = comparison.Entities.Values.Select(entity => entity.Source).Concat(comparison.Excluded.Select(table => table.Table));

        spokenFor.Order(StringComparer.Ordinal).ShouldBe(DemoCrm.Tables.Select(table => table.Name).Order(StringComparer.Ordinal));
        Ask("old.sqlite", "SELECT count(*) FROM sqlite_schema WHERE type = 'table'").ShouldBe(DemoCrm.Tables.Count);
    }

    [Fact]
    public void No_amount_of_money_loses_anything_to_binary_fractions() =>
        Ask("old.sqlite", "SELECT count(*) FROM new_feeBase WHERE new_amount * 4 <> CAST(new_amount * 4 AS integer)").ShouldBe(0);

    [Fact]
    public async Task An_earlier_demo_is_replaced_with_the_journals_it_left()
    {
        using var copy = demo.Copy();
        copy.Execute("new.sqlite", "DELETE FROM AccountBase");
        await File.WriteAllTextAsync(copy.At("new.sqlite-wal"), "left by a program that died");

        await DemoDatabases.BuildAsync(copy.Path, CancellationToken.None);

        Digest(copy.At("new.sqlite")).ShouldBe(Digest(Path.Combine(demo.Directory, "new.sqlite")));
        FilesOf(copy).ShouldBe(["new.sqlite", "old.sqlite"]);
    }

    [Fact]
    public async Task A_ledger_left_by_an_earlier_demo_is_kept()
    {
        using var copy = demo.Copy();
        await File.WriteAllTextAsync(copy.At("migrationguard.db"), "entries");

        await DemoDatabases.BuildAsync(copy.Path, CancellationToken.None);

        (await File.ReadAllTextAsync(copy.At("migrationguard.db"))).ShouldBe("entries");
    }

    [Theory]
    [InlineData("old.sqlite")]
    [InlineData("new.sqlite")]
    public async Task A_database_of_somebody_elses_is_not_overwritten(string file)
    {
        using var directory = new TemporaryDirectory();
        directory.Execute(file, "CREATE TABLE theirs (id int)");
        var before = await File.ReadAllBytesAsync(directory.At(file));

        var refusal = await Should.ThrowAsync<DemoException>(() => DemoDatabases.BuildAsync(directory.Path, CancellationToken.None));

        refusal.Place.ShouldBe(directory.At(file));
        refusal.Message.ShouldContain("--directory");
        (await File.ReadAllBytesAsync(directory.At(file))).ShouldBe(before);
        FilesOf(directory).ShouldBe([file]);
    }

    [Fact]
    public async Task A_directory_in_the_place_of_a_database_is_refused()
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory.At("new.sqlite"));

        var refusal = await Should.ThrowAsync<DemoException>(() => DemoDatabases.BuildAsync(directory.Path, CancellationToken.None));

        refusal.Place.ShouldBe(directory.At("new.sqlite"));
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_directory_is_refused()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.At("demo"), "not a directory");

        var refusal = await Should.ThrowAsync<DemoException>(() => DemoDatabases.BuildAsync(directory.At("demo"), CancellationToken.None));

        refusal.Place.ShouldBe(directory.At("demo"));
    }

    [Fact]
    public async Task A_cancelled_build_leaves_nothing_behind()
    {
        using var directory = new TemporaryDirectory();
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => DemoDatabases.BuildAsync(directory.Path, cancellation.Token));

        FilesOf(directory).ShouldBeEmpty();
    }

    private static IEnumerable<string?> FilesOf(TemporaryDirectory directory) =>
        Directory.EnumerateFileSystemEntries(directory.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private long Ask(string file, string sql)
    {
        using var connection = Open(Path.Combine(demo.Directory, file));
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>A digest of every value of every table, in the order of the keys.</summary>
    private static string Digest(string path)
    {
        using var connection = Open(path);
        var content = new StringBuilder();
        foreach (var table in DemoCrm.Tables)
        {
            content.AppendLine(table.Name);
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table.Name} ORDER BY 1";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                    content.Append(CultureInfo.InvariantCulture, $"{reader.GetValue(i)}|");
                content.AppendLine();
            }
        }
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())));
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }
}
