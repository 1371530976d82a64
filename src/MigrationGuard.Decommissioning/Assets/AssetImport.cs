using System.Globalization;
using MigrationGuard.Ledger;
using MigrationGuard.Ledger.People;

namespace MigrationGuard.Decommissioning.Assets;

/// <summary>A CSV file of assets, held against people, roles and the configuration.</summary>
/// <remarks>Everything wrong with a file is reported at once: who corrects a register of hundreds of lines wants to do it once.</remarks>
internal sealed class AssetImport
{
    // Beyond that, a file is wrong in one way that shows in the first of them.
    private const int MostProblems = 1000;

    private readonly string _file;
    private readonly PeopleDirectory _people;
    private readonly IReadOnlySet<string> _configured;
    private readonly List<DecommissioningProblem> _problems = [];
    private readonly List<(int Line, Asset Asset)> _assets = [];
    private readonly Dictionary<string, int> _firstLines = new(StringComparer.OrdinalIgnoreCase);

    private AssetImport(string file, PeopleDirectory people, IReadOnlyCollection<string> configured)
    {
        _file = file;
        _people = people;
        _configured = configured.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What reads well, in the order of the file.</summary>
    public IReadOnlyList<Asset> Assets => [.. _assets.Select(read => read.Asset)];

    /// <summary>Reads a file; what is wrong with it is reported by <see cref="RequireUsable"/>, together with what the ledger says against it.</summary>
    public static AssetImport Read(string file, Stream content, PeopleDirectory people, IReadOnlyCollection<string> configured)
    {
        var import = new AssetImport(file, people, configured);
        foreach (var row in AssetFile.Read(content, import.Add))
            import.Read(row);
        return import;
    }

    /// <summary>Nothing is wrong with the file, and it changes nothing that is closed or another's.</summary>
    /// <param name="known">What the ledger holds.</param>
    /// <param name="mayChange">Whether whoever imports may change an asset as the ledger holds it into the one given.</param>
    /// <exception cref="DecommissioningException">It is not so; carries all the reasons.</exception>
    public void RequireUsable(IReadOnlyDictionary<string, RegisteredAsset> known, Func<Asset, Asset, bool> mayChange)
    {
        foreach (var (line, asset) in _assets)
        {
            if (!known.TryGetValue(asset.Name, out var registered))
                continue;
            if (registered.IsClosed)
                Add(line, "name", "is of an asset that is closed.", "Remove the line, or give what there is now a name of its own.");
            else if (AssetChanges.Of([asset], known).Count > 0 && !mayChange(registered.Asset, asset))
                Add(line, "name", "is of an asset that is not yours to change.", $"Leave it to its owner (role {registered.Asset.OwnerRole}), and a change of owner or go-live to whoever may keep assets beyond the limit; or remove the line.");
        }
        if (_problems.Count > MostProblems)
        {
            throw new DecommissioningException(
            [
                .. _problems.Take(MostProblems),
                new(_file, string.Create(CultureInfo.InvariantCulture, $"has {_problems.Count - MostProblems} more problems."), "Correct those above first."),
            ]);
        }
        if (_problems.Count > 0)
            throw new DecommissioningException(_problems);
    }

    private void Read(AssetRow row)
    {
        var before = _problems.Count;
        var name = row["name"];
        Name(row.Line, name);
        var kind = Kind(row.Line, row["kind"]);
        if (row["location"].Length == 0)
            Add(row.Line, "location", "is missing.", "Write where it is: a server, a path, a resource id.");
        if (row["ownerRole"].Length == 0)
            Add(row.Line, "ownerRole", "is missing.", "Name the role that owns its destruction.");
        else if (!_people.IsRole(row["ownerRole"]))
            Add(row.Line, "ownerRole", "names no role.", "Add it under Roles." + Nearest(row["ownerRole"], _people.Roles));
        if (row["owner"].Length > 0 && _people.Person(row["owner"]) is null)
            Add(row.Line, "owner", "names nobody who is under People.", "Add the person there." + Nearest(row["owner"], _people.People));
        foreach (var column in row.Columns.Where(column => !AssetNames.IsOneLine(row[column])))
            Add(row.Line, column, "has several lines, or unseen characters.", "Write it on one line: messages and lists show it.");
        var goLive = Day(row.Line, row["goLive"]);
        if (_problems.Count == before)
        {
            _assets.Add((row.Line, new Asset
            {
                Name = name,
                Kind = kind,
                Location = row["location"],
                Holder = row["holder"],
                OwnerRole = row["ownerRole"],
                Owner = row["owner"].Length == 0 ? null : row["owner"],
                Commitment = row["commitment"],
                Holds = row["holds"],
                GoLive = goLive,
            }));
        }
    }

    private void Name(int line, string name)
    {
        if (!AssetNames.IsName(name))
            Add(line, "name", "is missing, or not a name that the ledger can hold.", AssetNames.Remedy);
        else if (_configured.Contains(name))
            Add(line, "name", "is of an asset that the configuration has.", "Change it there, or remove it from one of the two.");
        else if (!_firstLines.TryAdd(name, line))
            Add(line, "name", string.Create(CultureInfo.InvariantCulture, $"is that of line {_firstLines[name]}, in any case."), "Keep one of the lines, or give them different names.");
    }

    private AssetKind Kind(int line, string text)
    {
        // By name alone: what .NET reads as an enumeration may also be a number, or several names.
        var names = Enum.GetNames<AssetKind>();
        if (names.FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name)
            return Enum.Parse<AssetKind>(name);
        Add(line, "kind", text.Length == 0 ? "is missing." : "is no kind of asset.", text.Length == 0 ? $"Write one of {string.Join(", ", names)}." : NearestName.Remedy(text, names));
        return AssetKind.Other;
    }

    private DateOnly? Day(int line, string text)
    {
        if (text.Length == 0)
            return null;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            Add(line, "goLive", "is not a date.", "Write it as 2026-12-31, or leave it empty.");
        else if (!AssetNames.IsPlausible(day))
            Add(line, "goLive", "is not between 1990 and 2199.", "Check the year.");
        return day;
    }

    private static string Nearest(string name, IEnumerable<string> known) =>
        NearestName.Of(name, known) is { } nearest ? $" Did you mean {nearest}?" : "";

    private void Add(int? line, string? column, string problem, string remedy) => _problems.Add(new(
        string.Create(CultureInfo.InvariantCulture, $"{_file}{(line is null ? "" : $", line {line}")}{(column is null ? "" : $", {column}")}"), problem, remedy));
}
