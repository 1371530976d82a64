using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Verification;

namespace MigrationGuard.Demo;

/// <summary>The demo's configuration as a commented <c>appsettings.json</c>, for going on by hand.</summary>
public static class DemoSettingsFile
{
    private const string FirstLine = "// Written by \"migrationguard demo\", which replaces this file when it is run here again.";

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Writes <c>appsettings.json</c> below <paramref name="directory"/>, in place of an earlier demo's.</summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="DemoException">The file there is not an earlier demo's or cannot be written.</exception>
    public static async Task<string> WriteAsync(string directory, CancellationToken cancellationToken)
    {
        var path = new DemoFiles(directory).Settings;
        try
        {
            Directory.CreateDirectory(directory);
            if (File.Exists(path) && await FirstLineOfAsync(path, cancellationToken) != FirstLine)
                throw new DemoException(path, "was not made by an earlier demo and is not overwritten.", "Name another directory with --directory, or move the file away.");
            await File.WriteAllTextAsync(path, Render(DemoConfiguration.Options(directory)), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DemoException(path, $"cannot be written ({e.Message}).", "Name another directory with --directory.", e);
        }
        return path;
    }

    /// <summary>The file's text: what the demo sets, and a word on what each part is for.</summary>
    internal static string Render(MigrationGuardOptions options)
    {
        var (name, comparison) = options.Comparisons.Single();
        return $$"""
            {{FirstLine}}
            // Change rows in new.sqlite with any SQLite tool, then run: migrationguard verify --config appsettings.json
            {
              "MigrationGuard": {
                "Project": { "Name": {{Json(options.Project.Name)}}, "DpiaReference": {{Json(options.Project.DpiaReference)}}, "Owner": {{Json(options.Project.Owner)}} },

                // Where every run is recorded.
                "Store": { "Provider": {{Json(options.Store.Provider)}}, "ConnectionString": {{Json(options.Store.ConnectionString)}} },

                "Databases": {
            {{Lines(options.Databases.Select(Database), 6)}}
                },

                "Comparisons": {
                  {{Json(name)}}: {
                    "Source": {{Json(comparison.Source)}},
                    "Target": {{Json(comparison.Target)}},

                    // Nobody was to write to the source after this moment: rows newer than it are a mismatch.
                    "FrozenAt": {{Json(comparison.FrozenAt)}},

                    // counts would be record counts, breakdowns and last timestamps; rows is the schema and every row too.
                    "Depth": "rows",

                    // A column in BreakdownBy is counted by alone, a list of columns by their combinations.
                    "Entities": {
            {{Lines(comparison.Entities.Select(Entity), 10)}}
                    },

                    // Tables left out on purpose. Without this line the verdict could not be GO, whatever the rest came to.
                    "Excluded": { {{string.Join(", ", comparison.Excluded.Select(table => $"{Json(table.Table)}: {Json(table.Reason)}"))}} },

                    // Without an approver, after the expiry or beyond AtMost rows, each of these is a mismatch after all.
                    "ExpectedDifferences": [
            {{Lines(comparison.ExpectedDifferences.Select(ExpectedDifference), 10)}}
                    ]
                  }
                }
              }
            }

            """;
    }

    private static string Database(KeyValuePair<string, DatabaseOptions> named) =>
        $$"""{{Json(named.Key)}}: { "Provider": {{Json(named.Value.Provider)}}, "ConnectionString": {{Json(named.Value.ConnectionString)}} }""";

    private static string Entity(KeyValuePair<string, EntityOptions> named)
    {
        var (name, entity) = named;
        var breakdownBy = entity.BreakdownBy.Select(by => by.Columns.Count == 1 ? Json(by.Columns[0]) : JsonList(by.Columns.Select(Json)));
        return $$"""
            {{Json(name)}}: {
              "Source": {{Json(entity.Source)}}, "Key": {{JsonList(entity.Key.Select(Json))}},
              "CreatedOn": {{Json(entity.CreatedOn)}}, "ModifiedOn": {{Json(entity.ModifiedOn)}},
              "BreakdownBy": {{JsonList(breakdownBy)}}
            }
            """;
    }

    private static string ExpectedDifference(ExpectedDifferenceOptions difference) => $$"""
        {
          "Entity": {{Json(difference.Entity)}}, "Check": {{Json(difference.Check)}}, "Kind": {{Json(difference.Kind)}},
          {{Columns(difference)}}{{Groups(difference)}}"AtMost": {{Json(difference.AtMost)}},
          "Reason": {{Json(difference.Reason)}},
          "ApprovedBy": {{Json(difference.ApprovedBy)}}, "Expires": {{Json(difference.Expires)}}
        }
        """;

    private static string Columns(ExpectedDifferenceOptions difference) =>
        difference.Columns.Count == 0 ? "" : $"\"Columns\": {JsonList(difference.Columns.Select(Json))}, ";

    private static string Groups(ExpectedDifferenceOptions difference) =>
        difference.Groups.Count == 0 ? "" : $"\"Groups\": {JsonList(difference.Groups.Select(group => JsonList(group.Select(Json))))}, ";

    // Members of an object or a list, a comma between them and every line indented.
    private static string Lines(IEnumerable<string> members, int indentation)
    {
        var margin = new string(' ', indentation);
        return string.Join(",\n", members.Select(member => margin + member.ReplaceLineEndings("\n" + margin)));
    }

    private static string JsonList(IEnumerable<string> items) => "[" + string.Join(", ", items) + "]";

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Plain);

    private static async Task<string?> FirstLineOfAsync(string path, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(path);
        return await reader.ReadLineAsync(cancellationToken);
    }
}
