using System.Globalization;
using System.Text.Json.Nodes;
using MigrationGuard.Decommissioning.Obligations;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.People;
using MigrationGuard.Output;

namespace MigrationGuard.Notifications.Templates;

/// <summary>The members of a notification's model as people read them.</summary>
internal sealed class ModelText(Notification notification, Topic topic, PeopleDirectory people)
{
    /// <summary>What is said where nothing is known: an empty place would look like a fault of the message.</summary>
    public const string Nothing = "not recorded";

    public bool IsList(string member) => topic.Members[member] == MemberKind.List;

    public bool IsBlock(string member) => topic.Members[member] == MemberKind.Block;

    /// <summary>The lines of a text, the last of them not empty; never none.</summary>
    public IReadOnlyList<string> Lines(string member)
    {
        var text = Text(notification.Model[member]);
        return text.Length == 0 ? [Nothing] : [.. text.ReplaceLineEndings("\n").Split('\n').Select(OneLine)];
    }

    /// <summary>A member as one line.</summary>
    public string Line(string member) =>
        IsList(member) ? string.Join("; ", Items(member)) : OneLine(Shown(topic.Members[member], Raw(member)));

    /// <summary>A member as an argument of a command.</summary>
    public string Argument(string member) => CommandArgument.Of(Raw(member));

    /// <summary>The members of an array, each as one line; never empty.</summary>
    public IReadOnlyList<string> Items(string member)
    {
        var items = notification.Model[member] is JsonArray array ? array.Select(item => OneLine(Text(item))).Where(item => item.Length > 0).ToList() : [];
        return items.Count == 0 ? [Nothing] : items;
    }

    private string Raw(string member)
    {
        var text = Text(notification.Model[member]);
        // The partner's notice is an obligation that opened by itself, under this name.
        return text.Length == 0 && member == "obligation" && notification.Model["comparison"] is { } comparison ? "partner-notice." + Text(comparison) : text;
    }

    private string Shown(MemberKind kind, string text) => kind switch
    {
        _ when text.Length == 0 => Nothing,
        MemberKind.Day when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
            day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture),
        MemberKind.Moment when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) =>
            moment.UtcDateTime.ToString("d MMMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture),
        MemberKind.Step => Step(text),
        MemberKind.Person => people.Person(text)?.Name is { Length: > 0 } name ? name : text,
        _ => text,
    };

    // Counted from the day it is due, not from the day it is read: a message may have waited for its server.
    private static string Step(string step)
    {
        // Of a day that was moved: the reminder is of the new day.
        step = step.Split(ObligationStep.Moved)[0];
        var parts = step.Split('-');
        if (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var days))
        {
            var count = string.Create(CultureInfo.InvariantCulture, $"{days} {(days == 1 ? "day" : "days")}");
            switch (parts[0])
            {
                case "before":
                    return count + " before that day";
                case "after":
                    return count + " after that day";
            }
        }
        return step == "on-the-day" ? "on that day" : step;
    }

    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text.Trim(),
        _ => node.ToJsonString(),
    };

    private static string OneLine(string text) => Printable.Of(text.ReplaceLineEndings(" ").Replace('\t', ' '));
}
