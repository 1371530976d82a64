namespace MigrationGuard.Notifications.Smtp;

/// <summary>Text as a header of a mail may hold it (RFC 5322, RFC 2047).</summary>
internal static class HeaderText
{
    // A line with an encoded word has at most 76 characters (RFC 2047, section 2), of which the header's name takes some. Base64 makes 4 of 3 octets.
    private const int MostOctetsOfAWord = 39;

    private const int MostPlain = 60;

    /// <summary>Text where any is allowed, such as a subject: as it is, or in encoded words.</summary>
    public static string Unstructured(string text)
    {
        var line = OneLine(text);
        return line.Length <= MostPlain && IsPlain(line) && !line.Contains("=?", StringComparison.Ordinal) ? line : EncodedWords(line);
    }

    /// <summary>An address with a name; the address alone when there is none.</summary>
    public static string Mailbox(string name, string address)
    {
        var line = OneLine(name);
        if (line.Length == 0)
            return $"<{address}>";
        var phrase = line.Length <= MostPlain && IsPlain(line) && !line.Contains("=?", StringComparison.Ordinal)
            ? "\"" + line.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\""
            : EncodedWords(line);
        return $"{phrase}\r\n <{address}>";
    }

    // A line break in a value would begin a header of its own.
    private static string OneLine(string text) => string.Concat(text.ReplaceLineEndings(" ").Where(c => !char.IsControl(c))).Trim();

    private static bool IsPlain(string text) => text.All(c => c is >= ' ' and <= '~');

    private static string EncodedWords(string text)
    {
        var words = new List<string>();
        var word = new List<byte>();
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(utf8);
            // A character is never split between words (RFC 2047, section 5).
            if (word.Count + length > MostOctetsOfAWord)
            {
                words.Add(Word(word));
                word.Clear();
            }
            word.AddRange(utf8[..length]);
        }
        words.Add(Word(word));
        return string.Join("\r\n ", words);
    }

    private static string Word(List<byte> octets) => $"=?utf-8?B?{Convert.ToBase64String([.. octets])}?=";
}
