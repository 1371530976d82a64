using Microsoft.AspNetCore.Components;

namespace MigrationGuard.Evidence.Reports;

/// <summary>The report's style sheet, kept within the assembly so that a page can carry it.</summary>
internal static class ReportStyle
{
    public static readonly MarkupString Sheet = new(Read("report.css"));

    /// <summary>An embedded style sheet.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(ReportStyle).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in the assembly: add it to the project as an EmbeddedResource.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
