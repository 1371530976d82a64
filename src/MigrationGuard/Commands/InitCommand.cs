using System.CommandLine;
using System.Globalization;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Initialisation;

namespace MigrationGuard.Commands;

/// <summary><c>init</c>: drafts a configuration from both catalogues.</summary>
internal static class InitCommand
{
    private static readonly Option<Provider> SourceProvider = Engine("--source-provider", "The source's engine.");
    private static readonly Option<string> Source = Connection("--source", "The source's connection string.");
    private static readonly Option<Provider> TargetProvider = Engine("--target-provider", "The target's engine.");
    private static readonly Option<string> Target = Connection("--target", "The target's connection string.");

    private static readonly Option<string> OutputFile = new("--output")
    {
        Description = "The configuration file to write; it must not exist yet.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "appsettings.json",
    };

    public static void AddInit(this RootCommand root, ProgramContext context)
    {
        var command = new Command("init", "Read both catalogues and write a commented configuration that pairs their tables.")
        {
            SourceProvider, Source, TargetProvider, Target, OutputFile,
        };
        command.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => RunAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(command);
    }

    private static async Task<ExitCode> RunAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var path = context.FullPath(parsed.GetRequiredValue(OutputFile));
        if (Path.Exists(path))
            throw new UsageException($"{path}: exists already. Choose another file with --output, or remove it.");
        var source = ReadAsync("old", parsed.GetValue(SourceProvider), parsed.GetRequiredValue(Source), context, cancellationToken);
        var target = ReadAsync("new", parsed.GetValue(TargetProvider), parsed.GetRequiredValue(Target), context, cancellationToken);
        await Task.WhenAll(source, target);
        var draft = ConfigurationDraft.From(
            new DraftSide(parsed.GetValue(SourceProvider), WrittenIn(path, parsed.GetRequiredValue(Source), parsed.GetValue(SourceProvider), context), await source),
            new DraftSide(parsed.GetValue(TargetProvider), WrittenIn(path, parsed.GetRequiredValue(Target), parsed.GetValue(TargetProvider), context), await target));
        await draft.WriteAsync(path, ConfigurationSchema.Shipped(), cancellationToken);
        await TellAsync(draft.Summary, path, context.Error);
        return ExitCode.Done;
    }

    private static async Task<Catalogue> ReadAsync(
        string name, Provider provider, string connectionString, ProgramContext context, CancellationToken cancellationToken)
    {
        var options = new DatabaseOptions { Provider = provider, ConnectionString = connectionString };
        using var database = new Database(name, options.RelativeTo(context.WorkingDirectory), context.Time);
        return await database.ReadCatalogueAsync(cancellationToken);
    }

    // A file named relative to here is written so that it is found from where the configuration will lie.
    private static string WrittenIn(string path, string connectionString, Provider provider, ProgramContext context) =>
        string.Equals(Path.GetDirectoryName(path), Path.GetFullPath(context.WorkingDirectory), StringComparison.Ordinal)
            ? connectionString
            : new DatabaseOptions { Provider = provider, ConnectionString = connectionString }.RelativeTo(context.WorkingDirectory).ConnectionString;

    private static async Task TellAsync(DraftSummary summary, string path, TextWriter output)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{summary.Paired.Count} tables paired."));
        if (summary.IsDynamics)
            await output.WriteLineAsync("A Dynamics organisation database was recognised.");
        foreach (var unpaired in summary.SourceOnly)
            await output.WriteLineAsync($"Not paired, on the source: {unpaired.Item.Name} – {unpaired.Reason}");
        foreach (var unpaired in summary.TargetOnly)
            await output.WriteLineAsync($"Not paired, on the target: {unpaired.Item.Name} – {unpaired.Reason}");
        if (summary.ExpectedDifferences > 0)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{summary.ExpectedDifferences} expected differences wait for somebody's name and an expiry; until then they have no effect."));
        foreach (var variable in summary.PasswordsLeftOut)
            await output.WriteLineAsync($"The password was left out of the file: set {variable} to the whole connection string.");
        await output.WriteLineAsync($"Written: {path}");
        await output.WriteLineAsync($"Next: migrationguard check-config --config {path}, then migrationguard verify --config {path}");
    }

    private static Option<Provider> Engine(string name, string description)
    {
        var option = Choice.Option<Provider>(name, description, [.. Enum.GetValues<Provider>().Select(provider => (provider.ToString(), provider))]);
        option.Required = true;
        return option;
    }

    private static Option<string> Connection(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "CONNECTION",
        Required = true,
    };
}
