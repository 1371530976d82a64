namespace MigrationGuard.Databases;

/// <summary>A word, a sign, or something quoted.</summary>
/// <param name="Text">A word in upper case, or a sign; empty for quoted things, whose content means nothing here.</param>
/// <param name="IsWord">True for a plain word.</param>
internal sealed record SqlToken(string Text, bool IsWord);

/// <summary>Splits SQL into tokens, as far as telling words from strings, comments and quoted names needs.</summary>
internal static class SqlTokens
{
    /// <summary>The tokens of <paramref name="sql"/>; <paramref name="unclosed"/> says what was begun and never ended, else null.</summary>
    public static List<SqlToken> Read(string sql, Provider provider, out string? unclosed) => Read(sql, provider, out unclosed, out _);

    /// <summary>As the other; <paramref name="hasComments"/> says whether anything was left out of the tokens as a comment.</summary>
    public static List<SqlToken> Read(string sql, Provider provider, out string? unclosed, out bool hasComments)
    {
        hasComments = false;
        var tokens = new List<SqlToken>();
        var position = 0;
        unclosed = null;
        while (position < sql.Length && unclosed is null)
        {
            var c = sql[position];
            if (char.IsWhiteSpace(c))
                position++;
            else if (Starts(sql, position, "--"))
                (position, hasComments) = (EndOfLine(sql, position), true);
            else if (Starts(sql, position, "/*"))
                (hasComments, unclosed) = (true, SkipComment(sql, ref position, nested: provider != Provider.Sqlite) ? null : "a comment is not closed.");
            else if (c == '\'' && provider == Provider.PostgreSql && IsEscapeString(sql, position))
                unclosed = SkipQuoted(sql, ref position, '\'', backslash: true, tokens) ? null : "a string is not closed.";
            else if (ClosingQuote(c, provider) is { } close)
                unclosed = SkipQuoted(sql, ref position, close, backslash: false, tokens) ? null : "a string or quoted name is not closed.";
            else if (c == '$' && provider == Provider.PostgreSql && DollarTag(sql, position) is { } tag)
                unclosed = SkipDollarQuoted(sql, ref position, tag, tokens) ? null : "a dollar-quoted string is not closed.";
            else if (char.IsLetter(c) || c is '_' or '@' or '#')
                tokens.Add(ReadWord(sql, ref position));
            else if (char.IsAsciiDigit(c))
                SkipDigits(sql, ref position);
            else
                tokens.Add(new SqlToken(sql[position++].ToString(), IsWord: false));
        }
        return tokens;
    }

    private static bool Starts(string sql, int position, string text) => string.CompareOrdinal(sql, position, text, 0, text.Length) == 0;

    private static int EndOfLine(string sql, int position)
    {
        var end = sql.AsSpan(position).IndexOfAny('\n', '\r');
        return end < 0 ? sql.Length : position + end;
    }

    // SQL Server and PostgreSQL nest comments; SQLite does not, and lets the end of the text close one.
    private static bool SkipComment(string sql, ref int position, bool nested)
    {
        var depth = 0;
        while (position < sql.Length)
        {
            if (Starts(sql, position, "/*") && (nested || depth == 0))
            {
                depth++;
                position += 2;
            }
            else if (Starts(sql, position, "*/"))
            {
                position += 2;
                if (--depth == 0)
                    return true;
            }
            else
            {
                position++;
            }
        }
        return false;
    }

    private static char? ClosingQuote(char open, Provider provider) => open switch
    {
        '\'' => '\'',
        '"' => '"',
        '[' when provider != Provider.PostgreSql => ']',
        '`' when provider == Provider.Sqlite => '`',
        _ => null,
    };

    private static bool IsEscapeString(string sql, int quote) =>
        quote > 0 && sql[quote - 1] is 'e' or 'E' && (quote == 1 || !(char.IsLetterOrDigit(sql[quote - 2]) || sql[quote - 2] == '_'));

    private static bool SkipQuoted(string sql, ref int position, char close, bool backslash, List<SqlToken> tokens)
    {
        for (position++; position < sql.Length; position++)
        {
            if (backslash && sql[position] == '\\')
            {
                position++;
                continue;
            }
            if (sql[position] != close)
                continue;
            if (position + 1 < sql.Length && sql[position + 1] == close)
            {
                position++;
                continue;
            }
            position++;
            tokens.Add(new SqlToken("", IsWord: false));
            return true;
        }
        return false;
    }

    // $$ or $tag$, and not the $1 of a parameter or a dollar inside a name.
    private static string? DollarTag(string sql, int position)
    {
        var end = sql.IndexOf('$', position + 1);
        if (end < 0)
            return null;
        var tag = sql.AsSpan(position + 1, end - position - 1);
        foreach (var c in tag)
        {
            if (!char.IsLetterOrDigit(c) && c != '_')
                return null;
        }
        return tag.Length > 0 && char.IsDigit(tag[0]) ? null : sql[position..(end + 1)];
    }

    private static bool SkipDollarQuoted(string sql, ref int position, string tag, List<SqlToken> tokens)
    {
        var end = sql.IndexOf(tag, position + tag.Length, StringComparison.Ordinal);
        if (end < 0)
            return false;
        position = end + tag.Length;
        tokens.Add(new SqlToken("", IsWord: false));
        return true;
    }

    // Only the digits: T-SQL reads 1DELETE as a number and a word that begins another statement.
    private static void SkipDigits(string sql, ref int position)
    {
        var hexadecimal = Starts(sql, position, "0x") || Starts(sql, position, "0X");
        if (hexadecimal)
            position += 2;
        while (position < sql.Length && (hexadecimal ? char.IsAsciiHexDigit(sql[position]) : char.IsAsciiDigit(sql[position])))
            position++;
    }

    private static SqlToken ReadWord(string sql, ref int position)
    {
        var start = position;
        while (position < sql.Length && (char.IsLetterOrDigit(sql[position]) || sql[position] is '_' or '@' or '#' or '$'))
            position++;
        return new SqlToken(sql[start..position].ToUpperInvariant(), IsWord: true);
    }
}
