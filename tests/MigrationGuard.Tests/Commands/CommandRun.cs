using System.Text.Json;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Tests.Commands;

/// <summary>What the program said and ended with.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as the one run it must be.</summary>
    public RunDocument Document =>
        JsonSerializer.Deserialize<RunDocument>(Output, LedgerJson.Readable) ?? throw new InvalidOperationException("Standard output is empty. Standard error: " + Error);

    public string LastLine => Output.TrimEnd('\r', '\n').Split('\n')[^1].TrimEnd('\r');

    /// <summary>Ended as it should, or the test says what was printed instead.</summary>
    public CommandRun ShouldExitWith(ExitCode expected)
    {
        ((ExitCode)ExitCode).ShouldBe(expected, $"Standard output:\n{Output}\nStandard error:\n{Error}");
        return this;
    }

    /// <summary>The result of a check of an entity.</summary>
    public CheckResult Result(string entity, string check) =>
        Document.Results.Single(result => result.Entity == entity && result.Check == check);

    /// <summary>All results of an entity, at least one.</summary>
    public IReadOnlyList<CheckResult> Results(string entity)
    {
        var results = Document.Results.Where(result => result.Entity == entity).ToList();
        results.ShouldNotBeEmpty($"{entity} has no results:\n{Output}");
        return results;
    }
}
