using System.Globalization;
using MigrationGuard.Ledger;
using MigrationGuard.Retention.Exports;

namespace MigrationGuard.Retention.FileStores;

/// <summary>Reads the lines of a manifest: path, bytes, and as far as they are known hash, created and modified.</summary>
/// <remarks>
/// Nothing is skipped. A line that is not understood may be the file that is missed, so it is a problem of the whole manifest. No problem
/// repeats what stands there, as a file's name may be a person's.
/// </remarks>
internal sealed class ManifestReading
{
    private const string PathColumn = "path";
    private const string BytesColumn = "bytes";
    private const string HashColumn = "hash";
    private const string CreatedColumn = "created";
    private const string ModifiedColumn = "modified";

    private static readonly string[] Columns = [PathColumn, BytesColumn, HashColumn, CreatedColumn, ModifiedColumn];

    private readonly List<StoredFile> _files = [];
    private readonly LineProblems _problems = new();
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly FileCreation _creation;

    private ManifestReading(FileCreation creation) => _creation = creation;

    /// <summary>In the order of the lines.</summary>
    public IReadOnlyList<StoredFile> Files => _files;

    /// <summary>What is wrong: sentences with lines and remedies; null where nothing is.</summary>
    public string? Problems => _problems.Any ? _problems.ToString() : null;

    /// <param name="creation">Which column says when a file was made.</param>
    public static ManifestReading Of(IEnumerable<CsvLine> lines, FileCreation creation)
    {
        var reading = new ManifestReading(creation);
        Dictionary<string, int>? places = null;
        foreach (var line in lines)
        {
            if (places is null)
                places = reading.Header(line.Fields);
            else if (line.Problem is { } problem)
                reading._problems.Add(line.Number, problem);
            else
                reading.Line(line.Number, column => places.TryGetValue(column, out var place) ? line.Fields[place] : "");
            if (places is null)
                break;
        }
        return reading;
    }

    private Dictionary<string, int>? Header(string[] names)
    {
        if (names.Length == 0)
        {
            _problems.Add("It is empty. Its first line names the columns: path,bytes,hash,created,modified.");
            return null;
        }
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var (known, unknown) = (new List<(int Place, string Name)>(), new List<(int Place, string Name)>());
        foreach (var (place, name) in names.Index().Select(pair => (pair.Index, pair.Item.Trim())))
            (Columns.Contains(name, StringComparer.OrdinalIgnoreCase) ? known : unknown).Add((place, name));
        foreach (var alike in unknown.GroupBy(column => NearestName.Remedy(column.Name, Columns), column => column.Place + 1))
            Problem(1, Unknown([.. alike], names.Length), alike.Key);
        foreach (var (_, name) in known.Where(column => !places.TryAdd(column.Name, column.Place)))
            Problem(1, $"names {name} twice.", "Keep one of them.");
        foreach (var column in new[] { PathColumn, BytesColumn }.Where(column => !places.ContainsKey(column)))
            Problem(1, $"names no column {column}.", "Export it too; it cannot be done without.");
        return _problems.Any ? null : places;
    }

    private static string Unknown(int[] places, int columns) => places is [var place]
        ? FormattableString.Invariant($"names a column that a manifest does not have (column {place} of {columns}).")
        : FormattableString.Invariant($"names columns that a manifest does not have (columns {string.Join(", ", places[..^1])} and {places[^1]} of {columns}).");

    private void Line(int line, Func<string, string> field)
    {
        var path = Path(field(PathColumn));
        if (path is null)
            Problem(line, "has no path of a file.", "Write the path below the place that was exported, with / between its parts.");
        else if (!_paths.Add(path))
            Problem(line, "has the path of an earlier line.", "List each file once.");
        if (!long.TryParse(field(BytesColumn).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
            Problem(line, "has bytes that are not a whole number.", "Write the file's length in bytes, in digits alone.");
        var hash = Known(line, HashColumn, field, ContentHash.Parse, "Write sha256: or md5: and the hash in hex or base64, or 64 digits of SHA-256 or 32 of MD5 in hex alone, or nothing.");
        var created = Known(line, CreatedColumn, field, FileMoments.Parse, "Write it as 2024-03-01T09:30:00Z or with another offset, or nothing.");
        var modified = Known(line, ModifiedColumn, field, FileMoments.Parse, "Write it as 2024-03-01T09:30:00Z or with another offset, or nothing.");
        // Where anything is wrong no file is used, and none need be held.
        if (_problems.Any)
            return;
        _files.Add(new StoredFile { Path = path!, Name = path!, Length = bytes, Hash = hash, Created = _creation == FileCreation.Modified ? modified : created });
    }

    private T? Known<T>(int line, string column, Func<string, string> field, Func<string, T?> parse, string remedy)
        where T : struct
    {
        var text = field(column);
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var value = parse(text);
        if (value is null)
            Problem(line, $"has a {column} that is not understood.", remedy);
        return value;
    }

    private static string? Path(string text)
    {
        var path = text.Replace('\\', '/').TrimStart('/');
        return path.Split('/').Any(part => part is "" or "." or "..") ? null : path;
    }

    private void Problem(int line, string problem, string remedy) => _problems.Add(line, $"{problem} {remedy}");
}
