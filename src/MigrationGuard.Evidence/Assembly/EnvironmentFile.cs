using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Assembly;

/// <summary>What the evidence was made with and on: servers, versions, clocks, settings.</summary>
internal static class EnvironmentFile
{
    public const string Schema = "migrationguard.environment/1";

    /// <param name="settings">The configuration as it is now, without secrets, people or connection strings.</param>
    public static string Of(EvidenceContent content, JsonNode settings)
    {
        var document = new JsonObject
        {
            ["schema"] = Schema,
            ["asOf"] = content.AsOf,
            ["tool"] = content.Tool,
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["system"] = RuntimeInformation.OSDescription,
            ["clocks"] = "Moments are of the clock of the machine that ran the verification, in UTC. clockOffsetSeconds is what has to be added to it to read a server's clock when a run began.",
            ["runs"] = new JsonArray([.. content.Runs.Select(run => new JsonObject
            {
                ["run"] = run.Run,
                ["tool"] = run.Tool,
                ["started"] = run.Started,
                ["finished"] = run.Finished,
                ["servers"] = JsonSerializer.SerializeToNode(run.Servers, LedgerJson.Readable),
            })]),
            ["settings"] = settings.DeepClone(),
        };
        return document.ToJsonString(LedgerJson.Readable) + "\n";
    }
}
