using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MigrationGuard.Evidence.Commitments;

/// <summary>Reads the mapping of commitments, strictly: a member misspelt would be a promise forgotten.</summary>
public static class CommitmentFile
{
    /// <summary>The name of the file beside the program.</summary>
    public const string ShippedName = "commitments.json";

    private static readonly JsonSerializerOptions Strict = new()
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="CommitmentMappingException">The file cannot be read, or what it says cannot be used.</exception>
    public static CommitmentMapping Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommitmentMappingException(
                [new MappingProblem(path, $"cannot be read: {problem.Message}", "Correct Evidence:Commitments, or leave it out for the mapping that the program comes with.")], problem);
        }
    }

    /// <summary>Reads a mapping's text.</summary>
    /// <param name="place">What errors call it.</param>
    /// <exception cref="CommitmentMappingException">What it says cannot be used.</exception>
    public static CommitmentMapping Parse(string json, string place)
    {
        var mapping = Deserialised(json, place);
        var problems = MappingRules.Of(mapping).Select(problem => problem with { Place = $"{place}, {problem.Place}" }).ToList();
        return problems.Count == 0 ? mapping : throw new CommitmentMappingException(problems);
    }

    internal static CommitmentMapping ReadShipped()
    {
        using var stream = typeof(CommitmentFile).Assembly.GetManifestResourceStream(ShippedName)
            ?? throw new InvalidOperationException($"{ShippedName} is not embedded in the assembly: add it to the project as an EmbeddedResource.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), ShippedName);
    }

    private static CommitmentMapping Deserialised(string json, string place)
    {
        try
        {
            return JsonSerializer.Deserialize<CommitmentMapping>(json, Strict) ?? throw new JsonException("There is nothing in it.");
        }
        catch (JsonException problem)
        {
            var line = problem.LineNumber is { } number ? string.Create(CultureInfo.InvariantCulture, $", line {number + 1}") : "";
            var path = string.IsNullOrEmpty(problem.Path) || problem.Path == "$" ? "" : $" ({problem.Path})";
            throw new CommitmentMappingException(
                [new MappingProblem(place + line + path, $"cannot be read: {FirstSentence(problem.Message)}", "Correct it there; commitments.json beside the program shows how each entry is written.")], problem);
        }
    }

    // What follows says the path and line once more.
    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
