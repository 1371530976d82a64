using MigrationGuard.Ledger;
using MigrationGuard.Retention.FileStores;

namespace MigrationGuard.Configuration;

/// <summary>The rules of where files lie, and what was promised of them.</summary>
internal static class FileRules
{
    private const int MostConcurrency = 256;

    // What is more is a slip of the hand, and a tolerance that long would pass anything.
    private const double MostGoodForDays = 366;
    private const double MostToleranceMinutes = 366 * 24 * 60;
    private const double MostToleranceSeconds = 24 * 60 * 60;

    private const string Section = "Files";

    public static IEnumerable<ConfigurationProblem> Check(FilesOptions options) =>
    [
        .. options.Stores.SelectMany(store => Store(store.Key, store.Value)),
        .. options.Comparisons.SelectMany(comparison => Comparison(comparison.Key, comparison.Value, options)),
        .. options.Retention.SelectMany(promise => Retention(promise.Key, promise.Value, options)),
        .. options.Empty.SelectMany(promise => Emptied(promise.Key, promise.Value, options)),
        .. Names(options),
        .. options.Concurrency is < 1 or > MostConcurrency ? [new ConfigurationProblem("Files:Concurrency", "is less than 1 or more than 256.", "Write how many files are read at once.")] : Array.Empty<ConfigurationProblem>(),
    ];

    private static IEnumerable<ConfigurationProblem> Store(string name, FileStoreOptions store)
    {
        string At(string option) => ConfigurationPlace.Below("", Section, "Stores", name, option);
        if (store.ExportGoodForDays is not (> 0 and <= MostGoodForDays))
            yield return new(At(nameof(store.ExportGoodForDays)), "is not more than 0 and at most 366.", "Write for how many days an export says what is there.");
        if (store.Manifest is null)
        {
            if (store.ExportedFiles is not null)
                yield return new(At(nameof(store.ExportedFiles)), "is of a manifest, which this store is not.", "Leave it out.");
            var isNothing = store.Container is null && store.Folder is null;
            foreach (var problem in isNothing ? [new(ConfigurationPlace.Below("", Section, "Stores", name), "is neither a container, a folder nor a manifest.", "Write Container, Folder or Manifest.")] : StoreRules.Check(Section, name, store))
                yield return problem;
            yield break;
        }
        if (store.Container is not null || store.Folder is not null)
            yield return new(ConfigurationPlace.Below("", Section, "Stores", name), "is a manifest and something else too.", "Write one of Container, Folder and Manifest.");
        if (string.IsNullOrWhiteSpace(store.Manifest))
            yield return new(At(nameof(store.Manifest)), "is empty.", "Name a CSV file.");
        if (store.ExportedFiles is < 0)
            yield return new(At(nameof(store.ExportedFiles)), "is less than 0.", "Write how many files were counted, or leave it out.");
        if (store.Created == FileCreation.Stored)
            yield return new(At(nameof(store.Created)), "is Stored, which a manifest does not say.", "Write Original for its created column, or Modified.");
    }

    private static IEnumerable<ConfigurationProblem> Comparison(string name, FileComparisonOptions comparison, FilesOptions options)
    {
        string At(string option) => ConfigurationPlace.Below("", Section, "Comparisons", name, option);
        foreach (var problem in Known(At(nameof(comparison.Source)), comparison.Source, options).Concat(Known(At(nameof(comparison.Target)), comparison.Target, options)))
            yield return problem;
        if (comparison.Source.Length > 0 && string.Equals(comparison.Source, comparison.Target, StringComparison.OrdinalIgnoreCase))
            yield return new(At(nameof(comparison.Target)), "is the source.", "Name the store that the files went to.");
        if (comparison.WithinYears is < 1)
            yield return new(At(nameof(comparison.WithinYears)), "is less than 1.", "Write a number of years, or leave it out for all files.");
        if (comparison.CreatedToleranceSeconds is not (>= 0 and <= MostToleranceSeconds))
            yield return new(At(nameof(comparison.CreatedToleranceSeconds)), "is not between 0 and a day.", "Write by how many seconds a store rounds; 0 for none.");
        foreach (var problem in Globs(At, comparison.Include, comparison.Exclude))
            yield return problem;
    }

    private static IEnumerable<ConfigurationProblem> Retention(string name, FileRetentionOptions promise, FilesOptions options)
    {
        string At(string option) => ConfigurationPlace.Below("", Section, "Retention", name, option);
        foreach (var problem in Known(At(nameof(promise.Store)), promise.Store, options))
            yield return problem;
        if ((promise.Days is null) == (promise.Years is null))
            yield return new(ConfigurationPlace.Below("", Section, "Retention", name), promise.Days is null ? "says no time." : "says a time twice.", "Write Days or Years.");
        if (promise.Days is < 1)
            yield return new(At(nameof(promise.Days)), "is less than 1.", "Write the number of days that was promised.");
        if (promise.Years is < 1)
            yield return new(At(nameof(promise.Years)), "is less than 1.", "Write the number of years that was promised.");
        if (promise.ToleranceMinutes is not (>= 0 and <= MostToleranceMinutes))
            yield return new(At(nameof(promise.ToleranceMinutes)), "is not between 0 and a year.", "Write how many minutes deleting may take; 0 for none.");
        foreach (var problem in promise.Earlier is { } earlier ? Known(At(nameof(promise.Earlier)), earlier, options) : [])
            yield return problem;
        if (promise.Earlier is not null && string.Equals(promise.Earlier, promise.Store, StringComparison.OrdinalIgnoreCase))
            yield return new(At(nameof(promise.Earlier)), "is the store itself.", "Name a store that lists what was there earlier, or leave it out.");
        foreach (var problem in Landmark(At(nameof(promise.Landmark)), promise.Landmark, promise.Include))
            yield return problem;
        foreach (var problem in Globs(At, promise.Include, promise.Exclude))
            yield return problem;
    }

    private static IEnumerable<ConfigurationProblem> Emptied(string name, EmptiedOptions promise, FilesOptions options)
    {
        string At(string option) => ConfigurationPlace.Below("", Section, "Empty", name, option);
        foreach (var problem in Known(At(nameof(promise.Store)), promise.Store, options))
            yield return problem;
        var store = options.Stores.FirstOrDefault(store => string.Equals(store.Key, promise.Store, StringComparison.OrdinalIgnoreCase)).Value;
        if (promise.Landmark is null && store is not null && !(store.ShowsItself() && NamedFolders.Of(promise.Include).Count == 0))
            yield return new(At(nameof(promise.Landmark)), "is missing.", "Put a file there and name it: an emptied place looks like one that is not mounted, or is spelt wrongly.");
        foreach (var problem in Landmark(At(nameof(promise.Landmark)), promise.Landmark, promise.Include))
            yield return problem;
        foreach (var problem in Globs(At, promise.Include, promise.Exclude))
            yield return problem;
    }

    // A landmark elsewhere shows nothing of the folder that a promise is about.
    private static IEnumerable<ConfigurationProblem> Landmark(string place, string? landmark, List<string> include)
    {
        if (landmark is null)
            yield break;
        var folders = NamedFolders.Of(include);
        if (string.IsNullOrWhiteSpace(landmark))
            yield return new(place, "is empty.", "Name the file, or leave it out.");
        else if (!folders.All(folder => NamedFolders.Holds(folder, NamedFolders.Written(landmark))))
            yield return folders.Count == 1
                ? new(place, "does not lie below the folder that Include names.", "Put it into that folder and write its path with the folder: it is that one which is to be shown to be the right place. A pattern without a wildcard is taken for a folder.")
                : new(place, "does not lie below each of the folders that Include names.", "Make a promise of each folder, with a landmark in it: each is to be shown to be the right place.");
    }

    // A commitment asks for one by its name alone.
    private static IEnumerable<ConfigurationProblem> Names(FilesOptions options)
    {
        var names = new[] { ("Comparisons", options.Comparisons.Keys.AsEnumerable()), ("Retention", options.Retention.Keys), ("Empty", options.Empty.Keys) }
            .SelectMany(group => group.Item2.Select(name => (Group: group.Item1, Name: name)));
        return names.GroupBy(place => place.Name, StringComparer.OrdinalIgnoreCase).SelectMany(alike => alike.Skip(1))
            .Select(again => new ConfigurationProblem(ConfigurationPlace.Below("", Section, again.Group, again.Name), "has the name of another promise about files.", "Give each a name of its own: a commitment asks for files:NAME."));
    }

    private static IEnumerable<ConfigurationProblem> Known(string place, string store, FilesOptions options)
    {
        if (string.IsNullOrWhiteSpace(store))
            yield return new(place, "is missing.", "Name a store under Files:Stores.");
        else if (!options.Stores.Keys.Contains(store, StringComparer.OrdinalIgnoreCase))
            yield return new(place, $"names {ConfigurationPlace.Shown(store)}, which is no store.", options.Stores.Count == 0 ? "Add it under Files:Stores." : NearestName.Remedy(store, options.Stores.Keys));
    }

    private static IEnumerable<ConfigurationProblem> Globs(Func<string, string> at, List<string> include, List<string> exclude)
    {
        if (include.Exists(string.IsNullOrWhiteSpace))
            yield return new(at("Include"), "has an empty pattern.", "Take it out; without any pattern every file counts.");
        if (exclude.Exists(string.IsNullOrWhiteSpace))
            yield return new(at("Exclude"), "has an empty pattern.", "Take it out.");
    }
}
