using System.Text.Json.Nodes;
using MigrationGuard.Decommissioning.Obligations;

namespace MigrationGuard.Output;

/// <summary>A time that an obligation is due, as a list shows it.</summary>
/// <param name="Name">What to complete it by.</param>
/// <param name="Outcome">Null while it is open or still to come.</param>
internal sealed record ShownObligation(
    string Name, string Title, string Source, string OwnerRole, int Number, DateOnly DueOn, DateTimeOffset DueAt, bool IsOpen, int OverdueDays, string? Outcome)
{
    public static ShownObligation Of(Occurrence occurrence, DateTimeOffset now)
    {
        var model = JsonNode.Parse(occurrence.Document)!;
        var overdue = occurrence.IsOpen && occurrence.DueAt < now ? (int)(now - occurrence.DueAt).TotalDays : 0;
        var title = (string?)model["title"] ?? $"Tell {model["partner"]} of what differs in {model["comparison"]}";
        return new(
            occurrence.SeriesKey, title, (string?)model["source"] ?? "", (string?)model["ownerRole"] ?? "", occurrence.Number,
            occurrence.DueOn, occurrence.DueAt, occurrence.IsOpen, overdue, occurrence.Outcome);
    }

    public static ShownObligation Of(UpcomingObligation upcoming)
    {
        var series = upcoming.Series;
        return new(
            series.Key, (string?)series.Model["title"] ?? "", (string?)series.Model["source"] ?? "", series.OwnerRole, upcoming.Number,
            upcoming.DueOn, series.Moment(upcoming.DueOn), IsOpen: false, OverdueDays: 0, Outcome: null);
    }

    /// <summary>How it stands, in words.</summary>
    public string State => this switch
    {
        { Outcome: { } outcome } => outcome,
        { OverdueDays: > 0 } => "overdue " + Figures.Days(OverdueDays),
        { IsOpen: true } => "to be done",
        _ => "",
    };
}

/// <summary>Obligations in a list.</summary>
internal static class ObligationText
{
    public static void Write(IReadOnlyList<ShownObligation> obligations, ProgramContext context)
    {
        if (obligations.Count == 0)
        {
            context.Output.WriteLine("Nothing is due, and nothing recurs. Name it under Obligations in the configuration.");
            return;
        }
        var table = Listing.Table("Obligation", "Due", "State", "What", "Owner", "Source");
        foreach (var obligation in obligations)
            table.Add(obligation.Name, Figures.Of(obligation.DueOn), obligation.State, obligation.Title, obligation.OwnerRole, obligation.Source);
        table.Write(context);
    }

    public static Task WriteJsonAsync(IReadOnlyList<ShownObligation> obligations, ProgramContext context) => Listing.WriteJsonAsync(
        new
        {
            schema = "migrationguard.obligations/1",
            obligations = obligations.Select(obligation => new
            {
                name = obligation.Name,
                title = obligation.Title,
                source = obligation.Source,
                ownerRole = obligation.OwnerRole,
                number = obligation.Number,
                dueOn = obligation.DueOn,
                dueAt = obligation.DueAt,
                open = obligation.IsOpen,
                overdueDays = obligation.OverdueDays,
                outcome = obligation.Outcome,
            }),
        },
        context);
}
