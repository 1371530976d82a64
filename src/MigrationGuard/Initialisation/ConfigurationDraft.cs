using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Initialisation;

/// <summary>One side of the comparison to be drafted.</summary>
/// <param name="Provider">Its engine.</param>
/// <param name="ConnectionString">How it was reached; a password in it is not written to the configuration.</param>
/// <param name="Catalogue">What it holds.</param>
public sealed record DraftSide(Provider Provider, string ConnectionString, Catalogue Catalogue);

/// <summary>What a draft covers, to be told to who asked for it.</summary>
/// <param name="Paired">Entities with their tables.</param>
/// <param name="SourceOnly">Source tables that no entity covers: until they are covered or excluded, there is no GO.</param>
/// <param name="TargetOnly">Target tables that no entity covers.</param>
/// <param name="Views">Views on both sides, which are left out.</param>
/// <param name="IsDynamics">Whether a Dynamics organisation was recognised on either side.</param>
/// <param name="ExpectedDifferences">Expected differences that wait for an approver.</param>
/// <param name="PasswordsLeftOut">Environment variables to set, since passwords were left out of the text.</param>
public sealed record DraftSummary(
    IReadOnlyList<DraftedEntity> Paired,
    IReadOnlyList<Unpaired<Table>> SourceOnly,
    IReadOnlyList<Unpaired<Table>> TargetOnly,
    IReadOnlyList<NamePair<Table>> Views,
    bool IsDynamics,
    int ExpectedDifferences,
    IReadOnlyList<string> PasswordsLeftOut);

/// <summary>A configuration drafted from two catalogues: JSON with comments, to be read and corrected by an engineer.</summary>
public sealed class ConfigurationDraft
{
    private ConfigurationDraft(string text, DraftSummary summary)
    {
        Text = text;
        Summary = summary;
    }

    /// <summary>The configuration file's text.</summary>
    public string Text { get; }

    public DraftSummary Summary { get; }

    /// <summary>Drafts a configuration; reads and writes nothing.</summary>
    /// <param name="source">What is migrated from.</param>
    /// <param name="target">What is migrated to.</param>
    /// <param name="queriesFolder">Where the shipped query pairs are, relative to the configuration file.</param>
    public static ConfigurationDraft From(DraftSide source, DraftSide target, string queriesFolder = "queries")
    {
        var comparison = DraftedComparison.From(source, target, queriesFolder);
        var (old, current) = (DraftedDatabase.From("old", source), DraftedDatabase.From("new", target));
        var text = DraftText.Write(old, current, comparison);
        DraftProof.Check(text, comparison, source.Catalogue, target.Catalogue);
        return new ConfigurationDraft(text, new DraftSummary(
            comparison.Entities,
            comparison.Pairing.SourceOnly,
            comparison.Pairing.TargetOnly,
            comparison.Pairing.Views,
            comparison.IsDynamics,
            comparison.ExpectedDifferences.Count,
            [.. new[] { old, current }.Where(database => database.PasswordLeftOut).Select(database => database.EnvironmentVariable)]));
    }

    /// <summary>Writes the configuration, and its JSON Schema beside it.</summary>
    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="schema">The JSON Schema's text; an older one is replaced.</param>
    /// <exception cref="DraftException">The file exists, or its folder cannot be written.</exception>
    public async Task WriteAsync(string path, string schema, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        if (Path.Exists(path))
            throw AlreadyThere(path, null);
        var schemaPath = Path.Combine(Path.GetDirectoryName(path)!, ConfigurationSchema.FileName);
        await WriteWholeAsync(schemaPath, schema, replace: true, cancellationToken);
        await WriteWholeAsync(path, Text, replace: false, cancellationToken);
    }

    // Written beside its place and renamed, so that no half of a configuration is ever found under its name.
    private static async Task WriteWholeAsync(string path, string text, bool replace, CancellationToken cancellationToken)
    {
        var unfinished = path + "." + Path.GetRandomFileName();
        try
        {
            await using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            await using (var writer = new StreamWriter(stream))
            {
                await writer.WriteAsync(text.AsMemory(), cancellationToken);
                await writer.FlushAsync(cancellationToken);
                stream.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, replace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw !replace && Path.Exists(path) ? AlreadyThere(path, e) : CannotBeWritten(path, e);
        }
        finally
        {
            RemoveIfThere(unfinished);
        }
    }

    private static void RemoveIfThere(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where the folder is gone or closed, there is nothing to remove, and why writing failed is told already.
        }
    }

    private static DraftException AlreadyThere(string path, Exception? cause) =>
        new(path, "exists already.", "Choose another file with --output, or remove it.", cause);

    private static DraftException CannotBeWritten(string path, Exception cause) =>
        new(path, $"cannot be written: {cause.Message}", "Make its folder, let this account write there, or choose another file with --output.", cause);
}
