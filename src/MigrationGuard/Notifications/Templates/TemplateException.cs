namespace MigrationGuard.Notifications.Templates;

/// <summary>Templates cannot be used; carries everything that is wrong with them at once.</summary>
public sealed class TemplateException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>Each names the file, the problem and the remedy; never empty.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
