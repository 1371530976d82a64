using System.Text.RegularExpressions;

namespace MigrationGuard.Evidence.Packs;

/// <summary>The paths that files of a pack may have; <see cref="Content.PackPaths"/> makes such.</summary>
/// <remarks>
/// They are few on purpose: letters, digits and <c>. _ -</c>, so that no two can look alike, be spelt in two ways of Unicode, or be
/// one file on one system and two on another; and nothing that RFC 8493, section 2.1.3, would write as <c>%25</c>, which
/// <c>sha512sum</c> does not read.
/// </remarks>
public static partial class PackPath
{
    /// <summary>The most characters of a whole path.</summary>
    public const int MostCharacters = 200;

    /// <summary>The most characters of a name within it.</summary>
    public const int MostNameCharacters = 100;

    private static readonly string[] DeviceNames =
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })];

    /// <summary>What is wrong with a path, the end of a sentence that begins with it; null when nothing is.</summary>
    public static string? ProblemWith(string path)
    {
        if (path.Length is 0 or > MostCharacters)
            return $"is empty or longer than {MostCharacters} characters.";
        if (path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || path.Contains(':', StringComparison.Ordinal))
            return "is not relative, with forward slashes.";
        foreach (var name in path.Split('/'))
        {
            if (name is "" or "." or "..")
                return "leaves its folder, or names it twice.";
            if (name.Length > MostNameCharacters)
                return $"holds a name longer than {MostNameCharacters} characters.";
            if (!Allowed().IsMatch(name))
                return "holds a character other than letters, digits and . _ - or begins or ends with one that it may not.";
            if (DeviceNames.Contains(name.Split('.')[0], StringComparer.OrdinalIgnoreCase))
                return "is a device's name on Windows.";
        }
        return null;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
