using System.Text.Json.Serialization;

namespace MigrationGuard.Ledger.Runs;

/// <summary>What a run was limited to, as it was asked for.</summary>
/// <param name="Comparisons">Only these comparisons; all when empty.</param>
/// <param name="Entities">Only these entities; all when empty.</param>
/// <param name="Again">Only what an earlier run left open; everything when null.</param>
public sealed record RunSelection(
    [property: JsonPropertyName("comparisons")] IReadOnlyList<string> Comparisons,
    [property: JsonPropertyName("entities")] IReadOnlyList<string> Entities,
    [property: JsonPropertyName("again"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LeftOpen? Again = null);

/// <summary>What an earlier run left open: what was neither a match nor accepted there.</summary>
/// <param name="Run">The earlier run.</param>
/// <param name="Items">Entities and query pairs, each once.</param>
public sealed record LeftOpen(
    [property: JsonPropertyName("run")] string Run,
    [property: JsonPropertyName("items")] IReadOnlyList<SelectedItem> Items);

/// <summary>An entity or a query pair of a comparison; the other is null.</summary>
public sealed record SelectedItem(
    [property: JsonPropertyName("comparison")] string Comparison,
    [property: JsonPropertyName("entity"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Entity,
    [property: JsonPropertyName("query"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Query)
{
    public bool IsEntity(string comparison, string entity) => IsOf(comparison) && string.Equals(Entity, entity, StringComparison.OrdinalIgnoreCase);

    public bool IsQuery(string comparison, string query) => IsOf(comparison) && string.Equals(Query, query, StringComparison.OrdinalIgnoreCase);

    public bool IsOf(string comparison) => string.Equals(Comparison, comparison, StringComparison.OrdinalIgnoreCase);
}
