using System.Globalization;
using System.Text.Json.Nodes;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Fingerprints;

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
        ["groups"] = new JsonArray([.. side.Groups.Select(Write)]),
    };

    private static SegmentSide ReadSide(JsonNode json) => new(
        [.. json["folds"]!.AsArray().Select(fold => Fold.TryParse((string)fold!, out var read) ? read : throw new FormatException("A kept segment holds what is no fold."))],
        [.. json["groups"]!.AsArray().Select(group => ReadGroup(group!))]);

    private static JsonObject Write(AggregateRow row) => new()
    {
        ["group"] = new JsonArray([.. row.Group.Select(Write)]),
        ["rows"] = row.Rows,
        ["newest"] = new JsonArray([.. row.Newest.Select(newest => (JsonNode)new JsonObject { ["moment"] = newest.Newest is { } moment ? Write(moment) : null, ["unreadable"] = newest.Unreadable })]),
        ["newer"] = new JsonArray([.. row.NewerRows.Select(newer => JsonValue.Create(newer))]),
        ["present"] = new JsonArray([.. row.PresentRows.Select(present => JsonValue.Create(present))]),
    };

    private static AggregateRow ReadGroup(JsonNode json) => new(
        [.. json["group"]!.AsArray().Select(ReadValue)],
        (long)json["rows"]!,
        [.. json["newest"]!.AsArray().Select(newest => new NewestMoment(newest!["moment"] is { } moment ? ReadMoment(moment) : null, (long)newest["unreadable"]!))],
        [.. json["newer"]!.AsArray().Select(newer => (long)newer!)],
        [.. json["present"]!.AsArray().Select(present => (long)present!)]);

    private static JsonArray Write(Timestamp moment) => [moment.Units, moment.Resolution.UnitsPerSecond, moment.Resolution.SecondsPerUnit, moment.IsUtc];

    private static Timestamp ReadMoment(JsonNode json) => new((long)json[0]!, new TimeResolution((long)json[1]!, (long)json[2]!), (bool)json[3]!);

    // Each kind under a name of its own, so that a text "1" does not come back as the number.
    private static JsonNode? Write(CanonicalValue value) => value switch
    {
        CanonicalValue.Null => null,
        CanonicalValue.Number or CanonicalValue.BigNumber => new JsonObject { ["number"] = value.Display },
        CanonicalValue.Float f => new JsonObject { ["float"] = BitConverter.DoubleToInt64Bits(f.Value) },
        CanonicalValue.Boolean b => new JsonObject { ["boolean"] = b.Value },
        CanonicalValue.Text t => new JsonObject { ["text"] = t.Value },
        CanonicalValue.Uuid u => new JsonObject { ["uuid"] = u.Value },
        CanonicalValue.Moment m => new JsonObject { ["moment"] = Write(m.Value) },
        CanonicalValue.TimeOfDay t => new JsonObject { ["time"] = t.Value.Ticks },
        CanonicalValue.Binary b => new JsonObject { ["binary"] = b.Hex },
        _ => throw new InvalidOperationException("A canonical value of a kind that does not exist."),
    };

    private static CanonicalValue ReadValue(JsonNode? json)
    {
        if (json is null)
            return new CanonicalValue.Null();
        var (kind, value) = json.AsObject().Single();
        return kind switch
        {
            "number" => CanonicalValue.FromDigits((string)value!),
            "float" => new CanonicalValue.Float(BitConverter.Int64BitsToDouble((long)value!)),
            "boolean" => new CanonicalValue.Boolean((bool)value!),
            "text" => new CanonicalValue.Text((string)value!),
            "uuid" => new CanonicalValue.Uuid(Guid.Parse((string)value!, CultureInfo.InvariantCulture)),
            "moment" => new CanonicalValue.Moment(ReadMoment(value!)),
            "time" => new CanonicalValue.TimeOfDay(TimeSpan.FromTicks((long)value!)),
            "binary" => new CanonicalValue.Binary((string)value!),
            _ => throw new FormatException($"A kept segment holds a value of kind {kind}, which there is none of."),
        };
    }
}
