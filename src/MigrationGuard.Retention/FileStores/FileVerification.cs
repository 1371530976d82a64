using System.Security.Cryptography;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.FileStores;

/// <summary>Holds what stores of files have against what was promised.</summary>
/// <remarks>
/// No result names a file. Names of files hold names of people, so findings are counts with keyed digests of paths; which files they are
/// is only shown to whoever asks for it.
/// </remarks>
public sealed class FileVerification
{
    /// <summary>What results of files are under in a run, where those of a comparison have its name.</summary>
    public const string Comparison = "files";

    private readonly FilesOptions _options;
    private readonly string _baseDirectory;
    private readonly byte[] _key;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, FileInventory> _inventories = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="options">Valid ones: every store that is named is there.</param>
    /// <param name="baseDirectory">What relative folders and manifests are relative to.</param>
    /// <param name="projectKey">The project's key, from which that of the digests is derived.</param>
    public FileVerification(FilesOptions options, string baseDirectory, byte[] projectKey, TimeProvider time) =>
        (_options, _baseDirectory, _key, _time) = (options, baseDirectory, HMACSHA256.HashData(projectKey, "files"u8), time);

    /// <summary>The check's name: as commitments ask for it.</summary>
    public static string CheckOf(string promise) => "files:" + promise;

    /// <summary>A result for every promise: comparisons, retention, what is to be empty, each by their names.</summary>
    /// <exception cref="StoreAccessException">A store's address or credential cannot be understood; nothing was looked at.</exception>
    public async Task<FileReport> VerifyAsync(CancellationToken cancellationToken)
    {
        foreach (var name in Named())
            _inventories[name] = new FileInventory(Open(name), null, null);
        foreach (var (name, unread) in _inventories.ToList())
            _inventories[name] = await FileInventory.ReadAsync(unread.Store, cancellationToken);
        var outcomes = new List<FileOutcome>();
        foreach (var (name, comparison) in InOrder(_options.Comparisons))
            outcomes.Add(await CompareAsync(name, comparison, cancellationToken));
        outcomes.AddRange(InOrder(_options.Retention).Select(promise => Retained(promise.Key, promise.Value)));
        outcomes.AddRange(InOrder(_options.Empty).Select(promise => Emptied(promise.Key, promise.Value)));
        return new FileReport([.. outcomes.Select(outcome => outcome.Result)], [.. outcomes.SelectMany(outcome => outcome.Revealed)]);
    }

    /// <summary>Which stores cannot be listed as they are configured, a sentence each.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellationToken) =>
        [.. (await Task.WhenAll(Named().Select(name => StoreProbe.ProblemAsync(() => Open(name).ReachAsync(cancellationToken))))).OfType<string>()];

    private async Task<FileOutcome> CompareAsync(string name, FileComparisonOptions options, CancellationToken cancellationToken)
    {
        var promise = new FilePromise(name, options.Target, options.Promise, _key);
        var began = _time.GetTimestamp();
        await new FileComparison(_inventories[options.Source], _inventories[options.Target], options, _options.Concurrency, promise).CompareAsync(cancellationToken);
        var outcome = promise.Outcome();
        return outcome with { Result = outcome.Result with { Seconds = _time.GetElapsedTime(began).TotalSeconds } };
    }

    private FileOutcome Retained(string name, FileRetentionOptions options)
    {
        var promise = new FilePromise(name, options.Store, options.Promise, _key);
        new FileRetention(_inventories[options.Store], options.Earlier is { } earlier ? _inventories[earlier] : null, options, promise).Check();
        return promise.Outcome();
    }

    private FileOutcome Emptied(string name, EmptiedOptions options)
    {
        var promise = new FilePromise(name, options.Store, options.Promise, _key);
        FileAbsence.Check(_inventories[options.Store], options, promise);
        return promise.Outcome();
    }

    private IFileStore Open(string name)
    {
        var options = _options.Stores.First(store => string.Equals(store.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
        return options.Manifest is not null ? new ManifestStore(name, options, _baseDirectory, _time) : ListedFileStore.Open(name, options, _baseDirectory, _time);
    }

    private IEnumerable<string> Named() => new[]
        {
            _options.Comparisons.Values.SelectMany(comparison => new[] { comparison.Source, comparison.Target }),
            _options.Retention.Values.SelectMany(promise => promise.Earlier is { } earlier ? new[] { promise.Store, earlier } : [promise.Store]),
            _options.Empty.Values.Select(promise => promise.Store),
        }
        .SelectMany(names => names).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<KeyValuePair<string, T>> InOrder<T>(Dictionary<string, T> promises) => promises.OrderBy(promise => promise.Key, StringComparer.OrdinalIgnoreCase);
}

/// <summary>What a look at stores of files came to.</summary>
/// <param name="Results">One a promise; none names a file.</param>
/// <param name="Revealed">The files that findings are about, the first of each: for whoever asks, and for no record.</param>
public sealed record FileReport(IReadOnlyList<CheckResult> Results, IReadOnlyList<RevealedFile> Revealed);
