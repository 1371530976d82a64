using System.Text.Json;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store.Verification;

/// <summary>An entry of the chain, and what it says as far as that can be relied on.</summary>
/// <param name="Kind">As the line spells it.</param>
/// <param name="Content">Its payload, which is JSON; null when it was erased, or is not the one that the line was written with.</param>
/// <param name="IsErased">Whether nobody can say any more what the entry was about: rows that rest on it are unproven, not wrong.</param>
internal sealed record ReplayedEntry(long Seq, DateTime Time, string Kind, string Subject, byte[]? Content, bool IsErased) : IDisposable
{
    private JsonDocument? _document;

    /// <summary>What the entry says; null where that cannot be relied on.</summary>
    /// <remarks>Read when it is first asked for: of most entries nobody asks.</remarks>
    public JsonElement? Payload => Content is null ? null : (_document ??= JsonDocument.Parse(Content)).RootElement;

    public void Dispose() => _document?.Dispose();

    public bool Is(EntryKind kind) => Kind == kind.Spelt();

    /// <summary>A text of the payload; null where the payload cannot be relied on, or has none of that name.</summary>
    public string? Says(string member) => TryGet(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A whole number of the payload; null where the payload cannot be relied on, or has none of that name.</summary>
    public long? Counts(string member) => TryGet(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    public bool TryGet(string member, out JsonElement value)
    {
        value = default;
        return Payload is { ValueKind: JsonValueKind.Object } payload && payload.TryGetProperty(member, out value);
    }

    /// <summary>Whether a document says what the payload says, all of it and nothing else.</summary>
    /// <param name="except">Members that only the payload has.</param>
    public bool SaysAllOf(string document, params string[] except) => Payload is not { ValueKind: JsonValueKind.Object } payload || Agree(document, told =>
    {
        var said = payload.EnumerateObject().Where(member => !except.Contains(member.Name)).ToList();
        return told.GetPropertyCount() == said.Count && said.All(member => HasMember(told, member.Name, member.Value));
    });

    /// <summary>Whether a document and the payload agree in these members.</summary>
    public bool SaysSameOf(string document, params string[] members) => Payload is not { ValueKind: JsonValueKind.Object } payload || Agree(
        document, told => members.All(name => payload.TryGetProperty(name, out var value) && HasMember(told, name, value)));

    private static bool HasMember(JsonElement document, string name, JsonElement value) =>
        document.TryGetProperty(name, out var told) && JsonElement.DeepEquals(told, value);

    // A document that is no JSON any more says nothing of what the payload says.
    private static bool Agree(string document, Func<JsonElement, bool> agree)
    {
        try
        {
            using var told = JsonDocument.Parse(document);
            return told.RootElement.ValueKind == JsonValueKind.Object && agree(told.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
