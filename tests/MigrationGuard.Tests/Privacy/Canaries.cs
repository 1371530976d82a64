using System.Globalization;
using System.Text;

namespace MigrationGuard.Tests.Privacy;

/// <summary>Tokens that stand for people's data, each recognisable wherever it turns up and however it is written.</summary>
internal sealed class Canaries
{
    // Half of the names, so that a value that is cut, padded or upper-cased is still found.
    private const string Mark = "qzjx";

    private readonly List<string> _all = [];

    /// <summary>Every token there is.</summary>
    public IReadOnlyList<string> All => _all;

    /// <summary>A new token, such as <c>qzjxemail7</c>.</summary>
    public string New(string what)
    {
        var token = string.Create(CultureInfo.InvariantCulture, $"{Mark}{what}{_all.Count}");
        _all.Add(token);
        return token;
    }

    /// <summary>A new number that nothing else is, for columns that hold no text.</summary>
    public long NewNumber()
    {
        var number = 7_310_442_000_000 + (_all.Count * 7919L);
        _all.Add(number.ToString(CultureInfo.InvariantCulture));
        return number;
    }

    /// <summary>Those that occur in some bytes: as UTF-8, as UTF-16, as hex of either or as base64 of either, in any case and at any offset.</summary>
    public IReadOnlyList<string> In(ReadOnlySpan<byte> bytes)
    {
        // By bytes, each as a character: what is searched for is ASCII in all its forms.
        var text = Encoding.Latin1.GetString(bytes);
        return [.. _all.Where(token => Forms(token).Any(form => text.Contains(form.Text, form.Comparison)))];
    }

    private static IEnumerable<(string Text, StringComparison Comparison)> Forms(string token)
    {
        var (utf8, utf16) = (Encoding.UTF8.GetBytes(token), Encoding.Unicode.GetBytes(token));
        yield return (token, StringComparison.OrdinalIgnoreCase);
        yield return (Encoding.Latin1.GetString(utf16), StringComparison.OrdinalIgnoreCase);
        foreach (var bytes in new[] { utf8, utf16 })
        {
            yield return (Convert.ToHexString(bytes), StringComparison.OrdinalIgnoreCase);
            // Base64 of a text that holds the token depends on where in a group of three bytes it begins.
            for (var before = 0; before < 3; before++)
                yield return (Base64Within(bytes, before), StringComparison.Ordinal);
        }
    }

    private static string Base64Within(byte[] bytes, int before)
    {
        var encoded = Convert.ToBase64String([.. new byte[before], .. bytes]);
        // The first characters and the last ones depend on what stands beside it.
        var start = before == 0 ? 0 : before + 1;
        var end = (before + bytes.Length) / 3 * 4;
        return encoded[start..end];
    }
}
