using System.Text;

namespace MigrationGuard.Evidence.Privacy;

/// <summary>SQL as executed, as a pack may hold it: without literals that somebody's data may stand in.</summary>
/// <param name="engine">The engine's name, as a run's servers or as configurations have it; it decides what quotation marks mean. Null for an unknown one.</param>
/// <param name="names">Names that are known to be of columns, in any case.</param>
/// <remarks>
/// <para>Parameters were never in it. What this program phrases itself, identifiers and formats, stays. A configured filter picks rows, and
/// so may name one by its key or by a value: of it, and of queries, text, moments, fractions and long numbers are left out. Whole numbers
/// of up to four digits stay, as codes do everywhere in a pack: without them nobody could say which rows were compared.</para>
/// <para>Between double quotation marks SQLite and SQL Server may take a word for text, where there is no such column or a setting says so.
/// Names that the configuration itself gives to columns of the entity stay: they are shown with the configuration anyhow.</para>
/// <para>What cannot be split into its parts is left out as a whole.</para>
/// </remarks>
internal sealed class SqlPrivacy(string? engine, IReadOnlySet<string> names)
{
    private const int MostDigits = 4;
    private const string NoText = "'" + LooseText.LeftOut + "'";

    private readonly bool _isPostgreSql = engine is "PostgreSQL" or "PostgreSql";
    private readonly bool _isSqlite = engine is "SQLite" or "Sqlite";
    private readonly bool _isSqlServer = engine is "SQL Server" or "SqlServer";

    /// <summary>A statement that this program phrased; only its configured filter holds literals of anybody's.</summary>
    public string OfStatement(string sql) => Read(sql, onlyFilter: true);

    /// <summary>A query of somebody's own, or a condition.</summary>
    public string OfText(string sql) => Read(sql, onlyFilter: false);

    private string Read(string sql, bool onlyFilter)
    {
        if (!_isPostgreSql && !_isSqlite && !_isSqlServer)
            return LooseText.LeftOut;
        var kept = new StringBuilder(sql.Length);
        // In the filter from the parenthesis after WHERE to the one that closes it.
        var (depth, filter, afterWhere) = (0, -1, false);
        for (var position = 0; position < sql.Length;)
        {
            var strict = !onlyFilter || filter >= 0;
            var start = position;
            var token = Next(sql, ref position);
            var text = sql[start..position];
            switch (token)
            {
                case Token.Unclosed:
                    return LooseText.LeftOut;
                case Token.Sign when text == "(":
                    if (afterWhere && filter < 0)
                        filter = depth;
                    depth++;
                    break;
                case Token.Sign when text == ")" && --depth == filter:
                    filter = -1;
                    break;
            }
            afterWhere = (token == Token.Word && depth <= 1 && text.Equals("WHERE", StringComparison.OrdinalIgnoreCase)) || (afterWhere && token == Token.Blank);
            kept.Append(strict ? Shown(token, text) : text);
        }
        return kept.ToString();
    }

    private string Shown(Token token, string text) => token switch
    {
        Token.Text => NoText,
        Token.Name when text[0] == '"' && !_isPostgreSql && !names.Contains(text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)) => "\"" + LooseText.LeftOut + "\"",
        Token.Comment => text.StartsWith("--", StringComparison.Ordinal) ? "-- " + LooseText.LeftOut : "/* " + LooseText.LeftOut + " */",
        Token.Number when text.Length > MostDigits || !text.All(char.IsAsciiDigit) => LooseText.LeftOut,
        _ => text,
    };

    private enum Token
    {
        Blank,
        Word,
        Number,
        Sign,
        Name,
        Text,
        Comment,
        Unclosed,
    }

    private Token Next(string sql, ref int position)
    {
        var c = sql[position];
        var next = position + 1 < sql.Length ? sql[position + 1] : '\0';
        if (char.IsWhiteSpace(c))
            return Run(sql, ref position, char.IsWhiteSpace, Token.Blank);
        if (c == '-' && next == '-')
            return Run(sql, ref position, c => c is not ('\n' or '\r'), Token.Comment);
        if (c == '/' && next == '*')
            return Comment(sql, ref position);
        if (TextPrefix(sql, position) is { } prefix)
            return Quoted(sql, ref position, position + prefix, '\'', Token.Text, backslash: _isPostgreSql && prefix == 1 && c is 'e' or 'E');
        if (c == '"' || (c == '`' && _isSqlite))
            return Quoted(sql, ref position, position, c, Token.Name, backslash: false);
        if (c == '[' && !_isPostgreSql)
            return Quoted(sql, ref position, position, ']', Token.Name, backslash: false);
        if (c == '$' && _isPostgreSql && Dollars(sql, ref position) is { } dollars)
            return dollars;
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(next)))
            return Run(sql, ref position, c => char.IsLetterOrDigit(c) || c is '.' or '_', Token.Number);
        if (char.IsLetter(c) || c is '_' or '@' or '#')
            return Run(sql, ref position, c => char.IsLetterOrDigit(c) || c is '_' or '@' or '#' or '$', Token.Word);
        position++;
        return Token.Sign;
    }

    private static Token Run(string sql, ref int position, Func<char, bool> goesOn, Token token)
    {
        while (position < sql.Length && goesOn(sql[position]))
            position++;
        return token;
    }

    // N'…', E'…', B'…', X'…' and U&'…': the letters belong to the literal.
    private static int? TextPrefix(string sql, int position)
    {
        var rest = sql.AsSpan(position);
        if (rest[0] == '\'')
            return 0;
        if (rest.Length > 1 && rest[1] == '\'' && "NnEeBbXx".Contains(rest[0], StringComparison.Ordinal))
            return 1;
        return rest.Length > 2 && rest[0] is 'U' or 'u' && rest[1] == '&' && rest[2] == '\'' ? 2 : null;
    }

    private static Token Quoted(string sql, ref int position, int open, char close, Token token, bool backslash)
    {
        for (position = open + 1; position < sql.Length; position++)
        {
            if (backslash && sql[position] == '\\')
                position++;
            else if (sql[position] == close && position + 1 < sql.Length && sql[position + 1] == close)
                position++;
            else if (sql[position] == close)
            {
                position++;
                return token;
            }
        }
        return Token.Unclosed;
    }

    private Token Comment(string sql, ref int position)
    {
        var depth = 0;
        while (position < sql.Length)
        {
            var two = sql.AsSpan(position, Math.Min(2, sql.Length - position));
            if (two is "/*" && (depth == 0 || !_isSqlite))
                (depth, position) = (depth + 1, position + 2);
            else if (two is "*/")
            {
                position += 2;
                if (--depth == 0)
                    return Token.Comment;
            }
            else
                position++;
        }
        return Token.Unclosed;
    }

    // $$ or $tag$, and not the $1 of a parameter.
    private static Token? Dollars(string sql, ref int position)
    {
        var end = sql.IndexOf('$', position + 1);
        if (end < 0 || sql[(position + 1)..end].Any(c => !char.IsLetterOrDigit(c) && c != '_') || char.IsDigit(sql[position + 1]))
            return null;
        var tag = sql[position..(end + 1)];
        var close = sql.IndexOf(tag, end + 1, StringComparison.Ordinal);
        position = close < 0 ? sql.Length : close + tag.Length;
        return close < 0 ? Token.Unclosed : Token.Text;
    }
}
