namespace MigrationGuard.Databases;

/// <summary>Refuses SQL that is not one condition on rows, before it is put between the parentheses of a WHERE.</summary>
/// <remarks>
/// The condition comes from the configuration, and its parentheses must be its own: one that closes ours, or a comment that
/// swallows them, would make another statement of it. Subqueries are conditions too, and are read-only like all of the session.
/// </remarks>
public static class SqlCondition
{
    /// <summary>What is wrong with <paramref name="sql"/> as a condition for <paramref name="provider"/>; null when nothing is.</summary>
    public static string? Problem(string sql, Provider provider)
    {
        var tokens = SqlTokens.Read(sql, provider, out var unclosed, out var hasComments);
        if (unclosed is not null)
            return unclosed;
        if (hasComments)
            return "it holds a comment.";
        if (tokens.Count == 0)
            return "it holds no condition.";
        if (tokens.Any(token => token.Text == ";"))
            return "it holds a semicolon, so that it is more than one condition.";
        if (tokens.Any(token => IsParameter(token, provider)))
            return "it holds a parameter, which nothing gives a value to.";
        if (SingleSelect.FirstForbidden(tokens, provider) is { } forbidden)
            return $"it holds {forbidden}, which is not part of a condition.";
        return Parentheses(tokens);
    }

    private static string? Parentheses(IReadOnlyList<SqlToken> tokens)
    {
        var depth = 0;
        foreach (var token in tokens)
        {
            depth += token.Text switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth < 0)
                return "it closes a parenthesis that it did not open.";
            if (depth == 0 && token.IsWord && token.Text is "SELECT" or "WITH" or "UNION" or "EXCEPT" or "INTERSECT")
                return $"it holds {token.Text} outside parentheses, so that it is a query and no condition.";
        }
        return depth == 0 ? null : "it opens a parenthesis that it does not close.";
    }

    // SQLite takes a parameter without a value for NULL: no row would meet the condition on either side, and nothing equals nothing.
    private static bool IsParameter(SqlToken token, Provider provider) => provider switch
    {
        Provider.Sqlite => token.Text is "?" or ":" or "$" || (token.IsWord && token.Text[0] is '@' or '#'),
        Provider.SqlServer => token.IsWord && token.Text.StartsWith('@') && !token.Text.StartsWith("@@", StringComparison.Ordinal),
        _ => false,
    };
}
