using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MigrationGuard.Ledger.Outcomes;

/// <summary>A result as the contract <c>migrationguard.run/1</c> has it: the outcome's parts stand beside the result's own.</summary>
internal sealed class CheckResultConverter : JsonConverter<CheckResult>
{
    public override void Write(Utf8JsonWriter writer, CheckResult value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("comparison", value.Comparison);
        writer.WriteString("entity", value.Entity);
        writer.WriteString("check", value.Check);
        if (value.By is not null)
            WriteMember(writer, "by", value.By, options);
        writer.WriteString("outcome", value.Outcome.Name);
        WriteMember(writer, "source", value.Source, options);
        WriteMember(writer, "target", value.Target, options);
        WriteMember(writer, "findings", value.Outcome.AllFindings, options);
        writer.WriteString("reason", (value.Outcome as CheckOutcome.NotChecked)?.Reason);
        writer.WriteString("acceptedBy", (value.Outcome as CheckOutcome.Accepted)?.Because);
        WriteMember(writer, "narrowed", value.Narrowed, options);
        if (value.Notes.Count > 0)
            WriteMember(writer, "notes", value.Notes, options);
        if (value.Breakdown is not null)
            WriteMember(writer, "breakdown", value.Breakdown, options);
        if (value.Hours is not null)
            WriteMember(writer, "hours", value.Hours, options);
        if (value.Proves is not null)
            writer.WriteString("proves", value.Proves);
        if (value.Extent is not null)
            writer.WriteString("extent", value.Extent);
        if (value.SourceSql is not null || value.TargetSql is not null)
        {
            writer.WriteStartObject("sql");
            writer.WriteString("source", value.SourceSql);
            writer.WriteString("target", value.TargetSql);
            writer.WriteEndObject();
        }
        if (value.Exposure is not null)
            WriteMember(writer, "exposure", value.Exposure, options);
        writer.WriteNumber("seconds", Math.Round(value.Seconds, 3));
        writer.WriteEndObject();
    }

    public override CheckResult Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonNode.Parse(ref reader) as JsonObject ?? throw new JsonException("A result must be an object.");
        T? Member<T>(string name) => json[name] is { } node ? node.Deserialize<T>(options) : default;
        var findings = Member<List<Finding>>("findings") ?? [];
        return new CheckResult
        {
            Comparison = Member<string>("comparison") ?? throw new JsonException("A result names no comparison."),
            Entity = Member<string>("entity"),
            Check = Member<string>("check") ?? throw new JsonException("A result names no check."),
            By = Member<List<string>>("by"),
            Outcome = Member<string>("outcome") switch
            {
                "match" => new CheckOutcome.Match(),
                "mismatch" => new CheckOutcome.Mismatch(findings),
                "accepted" => new CheckOutcome.Accepted(findings, Member<string>("acceptedBy") ?? ""),
                "not-checked" => new CheckOutcome.NotChecked(Member<string>("reason") ?? ""),
                var other => throw new JsonException($"'{other}' is no outcome."),
            },
            Source = Member<Dictionary<string, Scalar>>("source"),
            Target = Member<Dictionary<string, Scalar>>("target"),
            Breakdown = Member<List<GroupCount>>("breakdown"),
            Hours = Member<HourCoverage>("hours"),
            Narrowed = Member<List<string>>("narrowed") ?? [],
            Notes = Member<List<string>>("notes") ?? [],
            Proves = Member<string>("proves"),
            Extent = Member<string>("extent"),
            SourceSql = (string?)json["sql"]?["source"],
            TargetSql = (string?)json["sql"]?["target"],
            Exposure = Member<Exposure>("exposure"),
            Seconds = Member<double>("seconds"),
        };
    }

    private static void WriteMember<T>(Utf8JsonWriter writer, string name, T value, JsonSerializerOptions options)
    {
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value, options);
    }
}
