using System.Text.RegularExpressions;

namespace MigrationGuard.Configuration;

/// <summary>How a problem names the place it is at: names joined by colons.</summary>
internal static partial class ConfigurationPlace
{
    /// <summary>The place of <paramref name="name"/> within <paramref name="place"/>, which is empty at the top.</summary>
    public static string Below(string place, string name)
    {
        var shown = Shown(name);
        return place.Length == 0 ? shown : place + ":" + shown;
    }

    /// <summary>A name as a problem may repeat it.</summary>
    public static string Shown(string name) => LooksLikeASecret().IsMatch(name) ? "…" : name.ReplaceLineEndings(" ");

    public static string Below(string place, string first, params ReadOnlySpan<string> more)
    {
        place = Below(place, first);
        foreach (var name in more)
            place = Below(place, name);
        return place;
    }

    // Places are made of names, and somebody will one day paste a connection string where a name belongs.
    [GeneratedRegex(@"(password|pwd|secret|key|token|sig)\s*=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeASecret();
}
