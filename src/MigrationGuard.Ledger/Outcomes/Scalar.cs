using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MigrationGuard.Ledger.Outcomes;

/// <summary>A value of a result: null, a number, true or false, or text; in JSON, just that.</summary>
[JsonConverter(typeof(Converter))]
public sealed record Scalar
{
    public static readonly Scalar Null = new((object?)null);

    private readonly object? _value;

    public Scalar(long value) : this((object)value) { }

    public Scalar(decimal value) : this(value == decimal.Truncate(value) && value is >= long.MinValue and <= long.MaxValue ? (long)value : (object)WithoutTrailingZeros(value)) { }

    public Scalar(bool value) : this((object)value) { }

    public Scalar(string? value) : this((object?)value) { }

    private Scalar(object? value) => _value = value;

    /// <summary>A moment in UTC, to the second, as ISO 8601 writes it; null where there is none.</summary>
    public static Scalar OfMoment(DateTimeOffset? moment) =>
        moment is { } known ? new Scalar(known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)) : Null;

    public bool IsNull => _value is null;

    /// <summary>The whole number, where it is one.</summary>
    public long? Number => _value as long?;

    /// <summary>The text, where it is text.</summary>
    public string? Text => _value as string;

    /// <summary>The value for a reader: NULL spelt out, numbers plain.</summary>
    public override string ToString() => _value switch
    {
        null => "NULL",
        bool b => b ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)_value,
    };

    // Dividing by a one with 28 decimals drops trailing zeros without changing the value: 1.5 and 1.50 are shown alike.
    private static decimal WithoutTrailingZeros(decimal value) => value / 1.0000000000000000000000000000m;

    private sealed class Converter : JsonConverter<Scalar>
    {
        public override bool HandleNull => true;

        public override Scalar Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Null => Null,
            JsonTokenType.True => new Scalar(true),
            JsonTokenType.False => new Scalar(false),
            JsonTokenType.String => new Scalar(reader.GetString()),
            JsonTokenType.Number when reader.TryGetInt64(out var whole) => new Scalar(whole),
            JsonTokenType.Number => new Scalar(reader.GetDecimal()),
            _ => throw new JsonException("A value must be null, a number, true, false or text."),
        };

        public override void Write(Utf8JsonWriter writer, Scalar value, JsonSerializerOptions options)
        {
            switch (value._value)
            {
                case null: writer.WriteNullValue(); break;
                case long whole: writer.WriteNumberValue(whole); break;
                case decimal number: writer.WriteNumberValue(number); break;
                case bool flag: writer.WriteBooleanValue(flag); break;
                default: writer.WriteStringValue((string)value._value); break;
            }
        }
    }
}
