namespace MigrationGuard.Configuration.Overrides;

/// <summary>One value that takes the place of what the file says.</summary>
/// <param name="Name">What it is called where it was set; the whole name of an environment variable.</param>
/// <param name="Path">The names below <c>MigrationGuard</c> that lead to the option.</param>
/// <param name="Separator">What the path was split at, and a name may hold itself.</param>
internal sealed record ConfigurationOverride(string Name, IReadOnlyList<string> Path, string Separator, ConfigurationNode.Leaf Value);
