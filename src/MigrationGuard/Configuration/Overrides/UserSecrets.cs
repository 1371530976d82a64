namespace MigrationGuard.Configuration.Overrides;

/// <summary>Values that <c>dotnet user-secrets</c> keeps outside the project, under the id <c>MigrationGuard</c>.</summary>
public static class UserSecrets
{
    private const string Separator = ":";

    private const string Origin = "a user secret";

    /// <summary>Where <c>dotnet user-secrets</c> keeps them for this user; null when the environment does not say where the user's files are.</summary>
    public static string? Location(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.GetValueOrDefault("APPDATA") is { Length: > 0 } applicationData)
            return Path.Combine(applicationData, "Microsoft", "UserSecrets", ConfigurationFile.Section, "secrets.json");
        if (environment.GetValueOrDefault("HOME") is { Length: > 0 } home)
            return Path.Combine(home, ".microsoft", "usersecrets", ConfigurationFile.Section, "secrets.json");
        return null;
    }

    /// <summary>The overrides in the file; none where there is no file.</summary>
    internal static IReadOnlyList<ConfigurationOverride> Read(string? path, List<ConfigurationProblem> problems)
    {
        if (!File.Exists(path) || ConfigurationText.Read(path, Origin, problems) is not { } root)
            return [];
        var values = new List<(string[] Path, ConfigurationNode.Leaf Value)>();
        Flatten(root, [], values);
        var overrides = new List<ConfigurationOverride>();
        foreach (var (names, value) in values)
        {
            if (names.Length > 0 && ConfigurationFile.IsSection(names[0]))
                overrides.Add(new ConfigurationOverride(string.Join(Separator, names), names[1..], Separator, value));
            else if (names.Length == 0 || !ConfigurationFile.IsKnownAtTheTop(names[0]))
                problems.Add(new ConfigurationProblem(path, "holds a name that does not begin with MigrationGuard: " + Place(names) + ".", "Set it again, as MigrationGuard:Databases:NAME:ConnectionString, and remove this one."));
        }
        return overrides;
    }

    // The tool writes one flat object, people nest: both come to the same path once colons are split.
    private static void Flatten(ConfigurationNode node, string[] path, List<(string[] Path, ConfigurationNode.Leaf Value)> values)
    {
        switch (node)
        {
            case ConfigurationNode.Leaf leaf:
                values.Add((path, leaf));
                break;
            case ConfigurationNode.Group group:
                foreach (var (name, child) in group.Children)
                    Flatten(child, [.. path, .. name.Split(Separator)], values);
                break;
        }
    }

    private static string Place(string[] names) => names.Aggregate("", ConfigurationPlace.Below);
}
