namespace MigrationGuard.Notifications.Templates;

/// <summary>A name as somebody may copy it into a command line.</summary>
internal static class CommandArgument
{
    // Not in quotes either: these mean something there to cmd, PowerShell or a Unix shell.
    private const string NeverQuoted = "\"$`%!\\^\r\n";

    /// <summary>The name, in quotes where it needs them.</summary>
    /// <remarks>
    /// Names of assets may come from a file that somebody else wrote, and what a message tells tired people to run they will run:
    /// a name that no shell takes literally is left for the reader to write.
    /// </remarks>
    public static string Of(string name)
    {
        if (name.Length > 0 && name[0] != '-' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            return name;
        return name.Length == 0 || name[0] == '-' || name.Any(c => char.IsControl(c) || NeverQuoted.Contains(c, StringComparison.Ordinal)) ? "NAME" : $"\"{name}\"";
    }
}
