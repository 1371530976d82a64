namespace MigrationGuard.Databases;

/// <summary>Refuses SQL that is more than one statement, or that is anything but a query, before it is sent anywhere.</summary>
/// <remarks>
/// The session is read-only too where the engine has such a thing; this is the first of two locks, and the only one on
/// SQL Server, whose transactions can be rolled back but not declared read-only, and which needs no semicolon between
/// statements. Words are taken for what they are only outside strings, comments and quoted names.
/// </remarks>
public static class SingleSelect
{
    // What begins a statement or turns a query into one that writes. On SQL Server each is a reserved word, so that none can
    // be a column's plain name; PostgreSQL and SQLite separate statements with semicolons and need only the first group.
    private static readonly HashSet<string> Writing = Words("INSERT UPDATE DELETE MERGE INTO");

    private static readonly HashSet<string> TransactSqlStatements = Words(
        "ALTER BACKUP BEGIN BREAK BULK CHECKPOINT CLOSE COMMIT CREATE DBCC DEALLOCATE DECLARE DENY DROP DUMP EXEC EXECUTE GOTO GRANT IF KILL " +
        "LOAD OPEN OPENDATASOURCE OPENQUERY OPENROWSET PRINT RAISERROR READTEXT RECONFIGURE RESTORE RETURN REVERT REVOKE ROLLBACK SAVE SET SETUSER " +
        "SHUTDOWN TRUNCATE UPDATETEXT USE WAITFOR WHILE WRITETEXT");

    private static readonly HashSet<string> BeforeAnotherSelect = Words("UNION EXCEPT INTERSECT ALL DISTINCT");

    /// <summary>What is wrong with <paramref name="sql"/> as one query for <paramref name="provider"/>; null when nothing is.</summary>
    public static string? Problem(string sql, Provider provider)
    {
        var tokens = SqlTokens.Read(sql, provider, out var unclosed);
        if (unclosed is not null)
            return unclosed;
        while (tokens.Count > 0 && tokens[^1].Text == ";")
            tokens.RemoveAt(tokens.Count - 1);
        if (tokens.Count == 0)
            return "it holds no statement.";
        if (tokens.Any(token => token.Text == ";"))
            return "it holds more than one statement.";
        if (tokens[0].Text is not ("SELECT" or "WITH"))
            return $"it begins with {tokens[0].Text}, not with SELECT or WITH.";
        if (FirstForbidden(tokens, provider) is { } forbidden)
            return $"it holds {forbidden}, which is not part of a query.";
        if (provider == Provider.SqlServer && TakesFromSequence(tokens))
            return "it takes a number from a sequence, which no rollback gives back.";
        return StatementsWithoutSeparator(tokens) > 1 ? "it holds more than one statement." : null;
    }

    /// <summary>The first word that no query holds; null when there is none.</summary>
    internal static string? FirstForbidden(IEnumerable<SqlToken> tokens, Provider provider) =>
        tokens.FirstOrDefault(token => token.IsWord && IsForbidden(token.Text, provider))?.Text;

    private static bool IsForbidden(string word, Provider provider) =>
        Writing.Contains(word) || (provider == Provider.SqlServer && TransactSqlStatements.Contains(word));

    private static bool TakesFromSequence(IReadOnlyList<SqlToken> tokens)
    {
        for (var i = 2; i < tokens.Count; i++)
        {
            if ((tokens[i - 2].Text, tokens[i - 1].Text, tokens[i].Text) is ("NEXT", "VALUE", "FOR"))
                return true;
        }
        return false;
    }

    // At the outermost level a second SELECT or WITH belongs to the first statement only after a set operator, or where the
    // common table expressions end.
    private static int StatementsWithoutSeparator(IReadOnlyList<SqlToken> tokens)
    {
        var statements = 1;
        var depth = 0;
        var mainSelectSeen = tokens[0].Text == "SELECT";
        for (var i = 1; i < tokens.Count; i++)
        {
            depth += tokens[i].Text switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth != 0 || !tokens[i].IsWord || tokens[i].Text != "SELECT" || BeforeAnotherSelect.Contains(tokens[i - 1].Text))
                continue;
            if (mainSelectSeen)
                statements++;
            mainSelectSeen = true;
        }
        return statements;
    }

    private static HashSet<string> Words(string words) => [.. words.Split(' ')];
}
