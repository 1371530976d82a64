using System.Text;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Tests.Verification;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Privacy;

/// <summary>
/// A migration whose two databases are full of canaries, in keys, text, bytes and groups, with differences of every kind, values that no
/// statement can convert, and a configuration and queries that name some of them; verified at full depth into a ledger.
/// </summary>
/// <remarks>Whatever leaves the organisation can be made from <see cref="Folder"/> and <see cref="Options"/>, and searched with <see cref="Canaries"/>.</remarks>
internal sealed class CanaryMigration : IAsyncDisposable
{
    private readonly QueryFolder _queries = new();
    private readonly ScratchDatabase _source;
    private readonly ScratchDatabase _target;

    private CanaryMigration(ScratchDatabase source, ScratchDatabase target)
    {
        (_source, _target) = (source, target);
        Options = new MigrationGuardOptions
        {
            Project = new() { Name = "Canaries" },
            Databases = { ["old"] = source.Options, ["new"] = target.Options },
        };
    }

    public Canaries Canaries { get; } = new();

    /// <summary>The folder that the program runs in, with the configuration and, in SQLite, the ledger.</summary>
    public WorkingFolder Folder { get; } = new();

    public MigrationGuardOptions Options { get; }

    /// <summary>The run as the ledger holds it.</summary>
    public RunDocument Run { get; private set; } = null!;

    /// <summary>The groups of the column that the configuration declares to hold codes; no canaries.</summary>
    public static IReadOnlyList<string> Codes => ["OPEN", "CLOSED"];

    public static async Task<CanaryMigration> CreateAsync(Provider source, Provider target)
    {
        var migration = new CanaryMigration(await TestEngine.For(source).CreateDatabaseAsync(), await TestEngine.For(target).CreateDatabaseAsync());
        await migration.FillAsync();
        migration.Configure();
        await migration.VerifyAsync();
        return migration;
    }

    /// <summary>The configuration as the program reads it.</summary>
    public LoadedConfiguration LoadConfiguration() => ConfigurationFile.Load(Folder.At("appsettings.json"), Folder.Environment);

    /// <summary>Opens the ledger.</summary>
    public Task<LedgerStore> OpenAsync() => LedgerStore.OpenAsync(Options.Store, Folder.Path, TimeProvider.System, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _queries.Dispose();
        await _source.DisposeAsync();
        await _target.DisposeAsync();
        Folder.Dispose();
    }

    private async Task FillAsync()
    {
        var people = Enumerable.Range(0, 12).Select(Person).ToList();
        foreach (var (database, isTarget) in new[] { (_source, false), (_target, true) })
        {
            var bytes = database.Provider == Provider.PostgreSql ? "bytea" : "blob";
            await database.ExecuteAsync($"""
                CREATE TABLE people (email varchar(80) NOT NULL PRIMARY KEY, name varchar(80) NOT NULL, town varchar({(isTarget ? 60 : 80)}), status varchar(20), number bigint NOT NULL, photo {bytes}, changed timestamp NOT NULL);
                CREATE TABLE loose (reference varchar(80) NOT NULL, remark varchar(80));
                CREATE TABLE texts (id int NOT NULL PRIMARY KEY, amount varchar(80) NOT NULL);
                CREATE TABLE unseen (note varchar(80))
                """);
            foreach (var person in people.Where((_, index) => index != (isTarget ? 0 : 1)))
                await database.ExecuteAsync(Insert(database.Provider, person, isTarget));
        }
        var twice = Canaries.New("twice");
        foreach (var database in new[] { _source, _target })
        {
            await database.ExecuteAsync($"INSERT INTO loose VALUES ('{twice}', '{Canaries.New("remark")}'), ('{twice}', '{Canaries.New("remark")}')");
            await database.ExecuteAsync($"INSERT INTO texts VALUES (1, '{Canaries.New("amount")}')");
            await database.ExecuteAsync($"INSERT INTO unseen VALUES ('{Canaries.New("unseen")}')");
        }
    }

    private (string Email, string Name, string Town, string Status, long Number, string Photo, bool Differs) Person(int index) => (
        Canaries.New("email") + "@example.org", $"{Canaries.New("first")} O''{Canaries.New("last")}", Canaries.New("town"), Codes[index % 2], Canaries.NewNumber(),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Canaries.New("photo"))), index % 3 == 2);

    private string Insert(Provider engine, (string Email, string Name, string Town, string Status, long Number, string Photo, bool Differs) person, bool isTarget)
    {
        var differs = isTarget && person.Differs;
        var photo = engine == Provider.PostgreSql ? $@"'\x{person.Photo}'::bytea" : $"x'{person.Photo}'";
        return $"INSERT INTO people VALUES ('{person.Email}', '{(differs ? Canaries.New("changed") : person.Name)}', '{(differs ? Canaries.New("moved") : person.Town)}', "
            + $"'{(differs ? Codes[0] : person.Status)}', {person.Number}, {photo}, '2026-02-0{(differs ? 2 : 1)} 10:00:00')";
    }

    private void Configure()
    {
        var filtered = $"email <> '{Canaries.New("filter")}@example.org' AND number <> {Canaries.NewNumber()}";
        var options = new ComparisonOptions
        {
            Source = "old",
            Target = "new",
            Depth = Depth.Rows,
            Queries = [_queries.Path],
            Excluded = [new("unseen", $"Only notes, says {Canaries.New("reason")}@example.org.")],
        };
        options.Entities["person"] = new()
        {
            Source = "people",
            Key = ["email"],
            ModifiedOn = "changed",
            BreakdownBy = [new(["town"]), new(["status"]), new(["status", "town"])],
            CodeColumns = ["status"],
            SourceFilter = filtered,
            TargetFilter = filtered,
        };
        options.Entities["loose"] = new() { Source = "loose", Key = ["reference"], BreakdownBy = [new(["remark"])] };
        // A view that cannot be read: what the database says of it quotes the value that it stumbled over.
        options.Entities["text"] = new() { Source = "texts", Key = ["id"], SourceFilter = Failing(_source), TargetFilter = Failing(_target) };
        options.ExpectedDifferences.Add(new() { Entity = "person", Check = CheckNames.EntityBreakdown, Kind = FindingKinds.GroupDiffers, Columns = ["town"], Groups = [[Canaries.All[3]]], AtMost = 1, Reason = "Moved.", ApprovedBy = "The owner", Expires = new DateOnly(2099, 1, 1) });
        Options.Comparisons["crm"] = options;
        Options.Project.Owner = $"{Canaries.New("owner")}@example.org";
        WriteQueries();
    }

    // Both engines quote, each in its own words, what they cannot convert or parse.
    private static string Failing(ScratchDatabase database) => database.Provider == Provider.PostgreSql ? "CAST(amount AS int) > 0" : "json_extract(amount, '$.' || amount) > 0";

    private void WriteQueries()
    {
        _queries.WriteQuery("people", "email", "SELECT email, name, town, status, number, changed FROM people", "codes: status");
        _queries.WriteQuery("towns", "town", $"-- for {Canaries.New("comment")}\nSELECT town, count(*) AS people FROM people WHERE name <> '{Canaries.New("literal")}' GROUP BY town", "codes: people");
        _queries.WriteQuery("twice", "reference", "SELECT reference, remark FROM loose");
        _queries.WriteQuery("statuses", "status", "SELECT status, count(*) AS people FROM people GROUP BY status", "codes: status, people");
    }

    private async Task VerifyAsync()
    {
        Folder.Configure(Options);
        var run = await Folder.RunAsync("verify", "--format", "json", "--label", "canaries");
        run.ShouldExitWith(ExitCode.NoGo);
        await using var store = await OpenAsync();
        Run = (await store.FindRunAsync("latest", CancellationToken.None))!;
    }
}
