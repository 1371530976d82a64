using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Reports;

/// <summary>The report of a run: one HTML page that needs nothing but itself, and the run's own record beside it.</summary>
public static class RunReport
{
    /// <summary>The whole page: no script, its style within it, nothing fetched from anywhere.</summary>
    public static async Task<string> RenderAsync(RunDocument run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var components = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(components, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(RunReportPage.Outline)] = new RunOutline(run),
        });
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<RunReportPage>(parameters);
            cancellationToken.ThrowIfCancellationRequested();
            return page.ToHtmlString();
        });
        return InvisibleCharacters.Spelt(html).TrimEnd() + "\n";
    }

    /// <summary>Writes <c>run-ID.html</c> and <c>run-ID.json</c> into a directory, which is made when it is missing.</summary>
    /// <returns>The path of the HTML page.</returns>
    /// <exception cref="ReportException">The directory cannot be written to.</exception>
    public static async Task<string> WriteAsync(RunDocument run, string directory, CancellationToken cancellationToken)
    {
        var html = await RenderAsync(run, cancellationToken);
        var json = JsonSerializer.Serialize(run, LedgerJson.Readable) + "\n";
        var page = Path.Combine(directory, FileName(run, ".html"));
        try
        {
            Directory.CreateDirectory(directory);
            // The record first: where there is a page, what it was rendered from is there too.
            await WholeFile.WriteAsync(Path.Combine(directory, FileName(run, ".json")), json, cancellationToken);
            await WholeFile.WriteAsync(page, html, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ReportException(
                directory,
                $"The report of run {run.Run} cannot be written: {exception.Message}",
                "Name a directory that this account may write to and that has room, then ask for the report again: the run itself is kept in the ledger.",
                exception);
        }
        return page;
    }

    private static string FileName(RunDocument run, string extension)
    {
        var isPlain = run.Run.Length > 0 && run.Run.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        return isPlain
            ? "run-" + run.Run + extension
            : throw new ReportException(
                $"Run '{run.Run}'",
                "The run's identifier cannot be part of a file name.",
                "Only letters, digits, '-', '_' and '.' can; this is no identifier that this program gives.");
    }
}
