using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace MigrationGuard.Schedule.Logging;

/// <summary>The <c>Serilog</c> section at the top of the configuration file, with the environment's <c>Serilog__…</c> variables over it.</summary>
/// <param name="Pipeline">Levels, filters and enrichers.</param>
/// <param name="Sinks">Where to write; without any, this program's own sinks stay.</param>
internal sealed record SerilogSection(IConfiguration Pipeline, IConfiguration Sinks)
{
    private const string Section = "Serilog";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public bool IsEmpty => !Pipeline.GetSection(Section).Exists() && !HasSinks;

    public bool HasSinks => Sinks.GetSection(Section + ":WriteTo").Exists() || Sinks.GetSection(Section + ":AuditTo").Exists();

    /// <summary>Reads it from a file that has been read as configuration before, and so can be read.</summary>
    public static SerilogSection Read(string path, IReadOnlyDictionary<string, string> environment)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
        var section = document.RootElement.EnumerateObject().FirstOrDefault(member => member.Name.Equals(Section, StringComparison.OrdinalIgnoreCase));
        // Only this section: names elsewhere in the file may differ by case alone, which this reader would refuse.
        var json = section.Value.ValueKind == JsonValueKind.Object ? section.Value.GetRawText() : "{}";
        var all = new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "{{Section}}": {{json}} }""")))
            .AddInMemoryCollection(environment
                .Where(variable => variable.Key.StartsWith(Section + "__", StringComparison.OrdinalIgnoreCase))
                .Select(variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value)))
            .Build();
        return new(Part(all, isSink: false), Part(all, isSink: true));
    }

    private static IConfiguration Part(IConfiguration all, bool isSink) => new ConfigurationBuilder()
        .AddInMemoryCollection(all.AsEnumerable().Where(entry => IsUsing(entry.Key) || IsSink(entry.Key) == isSink))
        .Build();

    private static bool IsUsing(string key) => key.StartsWith(Section + ":Using", StringComparison.OrdinalIgnoreCase);

    private static bool IsSink(string key) =>
        key.StartsWith(Section + ":WriteTo", StringComparison.OrdinalIgnoreCase) || key.StartsWith(Section + ":AuditTo", StringComparison.OrdinalIgnoreCase);
}
