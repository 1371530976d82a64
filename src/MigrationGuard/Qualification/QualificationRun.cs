using System.Security.Cryptography;
using MigrationGuard.Databases;
using MigrationGuard.Runs;

namespace MigrationGuard.Qualification;

/// <summary>Qualifies the verification: plants known corruptions in databases made for it, and records that each was found.</summary>
/// <param name="seed">What the rows and the damage to them follow from.</param>
internal sealed class QualificationRun(long seed, TimeProvider time)
{
    private const int SchemaDigits = 12;

    /// <summary>A server's database in which a schema may be made; null for SQLite alone.</summary>
    public (string Name, DatabaseOptions Options)? Server { get; init; }

    /// <summary>Why a configured server is left out; null when none is.</summary>
    public string? LeftOut { get; init; }

    /// <summary>What is planted.</summary>
    public IReadOnlyList<Corruption> Corruptions { get; init; } = CorruptionCatalogue.All;

    /// <summary>Columns that the verification is told to leave out; none unless it is to fail.</summary>
    public IReadOnlyList<string> IgnoreColumns { get; init; } = [];

    /// <summary>Told which pair of engines begins.</summary>
    public Action<string> Telling { get; init; } = _ => { };

    /// <summary>Plants, verifies and takes everything away again.</summary>
    /// <exception cref="DatabaseException">A database could not be written, or the scratch schema could not be dropped.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; everything was taken away.</exception>
    public async Task<QualificationDocument> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var folder = Directory.CreateTempSubdirectory("migrationguard-qualify-");
        try
        {
            await using var old = File(folder, "source");
            await using var current = File(folder, "target");
            await using var server = Server is var (name, options) ? Schema(name, options) : null;
            var engines = new List<QualifiedEngines>();
            var corruptions = new List<QualifiedCorruption>();
            await old.OpenAsync(cancellationToken);
            await current.OpenAsync(cancellationToken);
            if (server is not null)
                await server.OpenAsync(cancellationToken);
            foreach (var (source, target) in server is null ? [(old, current)] : new[] { (old, current), (server, server), (old, server) })
            {
                var pair = $"{source.Dialect.Provider}-{target.Dialect.Provider}".ToLowerInvariant();
                Telling(pair);
                var qualified = await new PairQualification(pair, source, target, seed, RandomNumberGenerator.GetBytes(32), time) { IgnoreColumns = IgnoreColumns }
                    .RunAsync(Corruptions, cancellationToken);
                engines.Add(qualified.Engines);
                corruptions.AddRange(qualified.Corruptions);
            }
            return new QualificationDocument
            {
                Seed = seed,
                Tool = ToolVersion.Current,
                Started = started,
                Finished = time.GetUtcNow(),
                Engines = engines,
                LeftOut = LeftOut,
                Corruptions = corruptions,
            };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ScratchSite File(DirectoryInfo folder, string name) => new(
        "scratch " + name, new DatabaseOptions { Provider = Provider.Sqlite, ConnectionString = $"Data Source={Path.Combine(folder.FullName, name + ".sqlite")}" }, schema: null);

    private static ScratchSite Schema(string name, DatabaseOptions options) =>
        new(name, options, "migrationguard_qualify_" + RandomNumberGenerator.GetHexString(SchemaDigits, lowercase: true));
}
