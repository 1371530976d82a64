using System.Text.Json.Nodes;

namespace MigrationGuard.Decommissioning.Obligations;

/// <summary>What entries and messages say of an occurrence.</summary>
internal static class OccurrenceModel
{
    /// <summary>What the series says of itself, and what is this occurrence's own.</summary>
    public static JsonObject Of(Occurrence occurrence, ObligationSeries series)
    {
        var model = series.Model.DeepClone().AsObject();
        model["ownerRole"] = series.OwnerRole;
        model["owner"] = series.Owner ?? "";
        model["timeZone"] = series.Zone.Id;
        model["notBefore"] = OccurrenceTable.Day(occurrence.NotBefore);
        return WithOccurrence(model, occurrence);
    }

    /// <summary>As it was when it opened, for what is said of it once its series is gone or was not asked for.</summary>
    public static JsonObject Of(Occurrence occurrence) => WithOccurrence(JsonNode.Parse(occurrence.Document)!.AsObject(), occurrence);

    private static JsonObject WithOccurrence(JsonObject model, Occurrence occurrence)
    {
        model["occurrence"] = occurrence.Id;
        model["obligation"] = occurrence.Obligation;
        model["number"] = occurrence.Number;
        model["sequence"] = occurrence.Sequence;
        model["dueOn"] = OccurrenceTable.Day(occurrence.DueOn);
        return model;
    }
}
