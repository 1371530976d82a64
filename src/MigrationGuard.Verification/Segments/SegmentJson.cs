using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Values;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>A segment as it is kept while its run is unfinished.</summary>
internal static class SegmentJson
{
    public static string Write(Segment segment) => new JsonObject
    {
        ["from"] = segment.From,
        ["to"] = segment.To,
        ["source"] = Write(segment.Source),
        ["target"] = Write(segment.Target),
    }.ToJsonString();

    /// <exception cref="Exception">Whatever parsing throws of a document that <see cref="Write(Segment)"/> did not write; <see cref="KeptSegments"/> says what that means.</exception>
    public static Segment Read(string document)
    {
        var json = JsonNode.Parse(document)!;
        return new Segment((int)json["from"]!, (int)json["to"]!, ReadSide(json["source"]!), ReadSide(json["target"]!));
    }

    private static JsonObject Write(SegmentSide side) => new()
    {
        ["folds"] = new JsonArray([.. side.Folds.Select(fold => JsonValue.Create(fold.ToString()))]),
        ["rows"] = side.Counted.Rows,
        ["newest"] = new JsonArray([.. side.Counted.Newest.Select(newest => (JsonNode)new JsonObject { ["moment"] = newest.Newest is { } moment ? Write(moment) : null, ["unreadable"] = newest.Unreadable })]),
        ["newer"] = new JsonArray([.. side.Counted.Newer.Select(newer => JsonValue.Create(newer))]),
        ["present"] = new JsonArray([.. side.Counted.Present.Select(present => JsonValue.Create(present))]),
        ["groups"] = new JsonArray([.. side.Counted.Groups.Select(groups => groups is null ? null : new JsonArray([.. groups.Select(Write)]))]),
    };

    private static SegmentSide ReadSide(JsonNode json) => new(
        [.. json["folds"]!.AsArray().Select(fold => Fold.TryParse((string)fold!, out var read) ? read : throw new FormatException("A kept segment holds what is no fold."))],
        new ScannedPart(
            (long)json["rows"]!,
            [.. json["newest"]!.AsArray().Select(newest => new NewestMoment(newest!["moment"] is { } moment ? ReadMoment(moment) : null, (long)newest["unreadable"]!))],
            [.. json["newer"]!.AsArray().Select(newer => (long)newer!)],
            [.. json["present"]!.AsArray().Select(present => (long)present!)],
            [.. json["groups"]!.AsArray().Select(groups => groups?.AsArray().Select(group => ReadGroup(group!)).ToArray())]));

    private static JsonObject Write(KeyValuePair<GroupKey, long> group) => new()
    {
        ["group"] = new JsonArray([.. group.Key.Values.Select(Write)]),
        ["rows"] = group.Value,
    };

    private static KeyValuePair<GroupKey, long> ReadGroup(JsonNode json) =>
        KeyValuePair.Create(new GroupKey([.. json["group"]!.AsArray().Select(ReadValue)]), (long)json["rows"]!);

    private static JsonArray Write(Timestamp moment) => [moment.Units, moment.Resolution.UnitsPerSecond, moment.Resolution.SecondsPerUnit, moment.IsUtc];

    private static Timestamp ReadMoment(JsonNode json) => new((long)json[0]!, new TimeResolution((long)json[1]!, (long)json[2]!), (bool)json[3]!);

    // JSON has no surrogate without its other half: writers put the replacement character there, and two groups would come back as one.
    private static JsonNode? Write(Scalar value) => value.Text is { } text && !IsWellFormed(text)
        ? new JsonArray([.. text.Select(unit => JsonValue.Create((int)unit))])
        : JsonSerializer.SerializeToNode(value);

    private static Scalar ReadValue(JsonNode? json) => json is JsonArray units
        ? new Scalar(string.Concat(units.Select(unit => (char)(int)unit!)))
        : json is null ? Scalar.Null : json.Deserialize<Scalar>()!;

    private static bool IsWellFormed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            // A half by itself is given so; a text that has this character in its own right loses nothing by it.
            if (rune == Rune.ReplacementChar)
                return false;
        }
        return true;
    }
}
