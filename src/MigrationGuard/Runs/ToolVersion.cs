using System.Reflection;

namespace MigrationGuard.Runs;

/// <summary>Which build of the program this is.</summary>
public static class ToolVersion
{
    /// <summary>Version and, where it was built from a checkout, the commit: <c>0.1.0+abc…</c>.</summary>
    public static readonly string Current =
        "MigrationGuard " + (typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of unknown version");
}
