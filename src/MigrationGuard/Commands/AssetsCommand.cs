using System.CommandLine;
using System.Globalization;
using MigrationGuard.Duties;
using MigrationGuard.Decommissioning;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Output;

namespace MigrationGuard.Commands;

/// <summary><c>assets</c>: what is to be destroyed.</summary>
internal static class AssetsCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The asset's name, in any case." };

    private static readonly Argument<string> File = new("FILE") { Description = "A CSV file in UTF-8 whose first line names the columns: name, kind, location, holder, ownerRole, owner, commitment, holds, goLive." };

    private static readonly Option<bool> All = new("--all") { Description = "Closed ones too." };

    private static readonly Option<string> Reason = Shared.Reason("Why the asset is no more, and where that can be seen.");

    private static readonly Option<OutputFormat> Format = Shared.Format();

    public static void AddAssets(this RootCommand root, ProgramContext context)
    {
        var list = new Command("list", "List what is to be destroyed.") { All, Format };
        list.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => ListAsync(parsed, context, cancellationToken)));
        var show = new Command("show", "Show an asset, its reviews and everything the ledger says of it.") { Name, Format };
        show.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => ShowAsync(parsed, context, cancellationToken)));
        var import = new Command("import", "Register assets from a CSV file: all of them, or none.") { File };
        import.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => ImportAsync(parsed, context, cancellationToken)));
        var close = new Command("close", "Record that an asset is no more; its reviews end.") { Name, Reason };
        close.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => CloseAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(new Command("assets", "What is to be destroyed.") { list, show, import, close });
    }

    private static async Task<ExitCode> ListAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        await using var store = await LedgerStore.OpenExistingAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken);
        var desks = new DecommissioningDesks(configuration, store, context, Shared.ActorOf(parsed));
        var code = await desks.TrySynchroniseAsync(cancellationToken);
        var assets = await desks.Assets.ListAsync(parsed.GetValue(All), cancellationToken);
        if (parsed.GetValue(Format) == OutputFormat.Json)
            await AssetText.WriteJsonAsync(assets, context);
        else
            AssetText.Write(assets, desks.People, context);
        return code;
    }

    private static async Task<ExitCode> ShowAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        await using var store = await LedgerStore.OpenExistingAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken);
        var desks = new DecommissioningDesks(configuration, store, context, Shared.ActorOf(parsed));
        var code = await desks.TrySynchroniseAsync(cancellationToken);
        var registered = await RequireAsync(desks, parsed.GetRequiredValue(Name), cancellationToken);
        var standing = registered.IsClosed ? null : (await desks.Reviews.ListAsync([registered.Asset], cancellationToken))[0];
        var history = await AssetHistory.OfAsync(store, registered.Asset.Name, cancellationToken);
        if (parsed.GetValue(Format) == OutputFormat.Json)
            await AssetText.WriteJsonAsync(registered, standing, history, context);
        else
            AssetText.Write(registered, standing, history, desks.People, context);
        return code;
    }

    private static async Task<ExitCode> ImportAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        var options = configuration.Options;
        // The rule asks for it only of those who have something to review, which from here on is everybody who imports.
        if (!options.Roles.Keys.Contains(options.Reviews.KeepBeyondLimitBy, StringComparer.OrdinalIgnoreCase))
            throw new DecommissioningException("Reviews:KeepBeyondLimitBy", "names no role, and what is imported will be reviewed.", "Add it under Roles.");
        var file = parsed.GetRequiredValue(File);
        await using var content = Open(context.FullPath(file), file);
        // Registering may be the first that a project does; a ledger is made for it as for a first run.
        await using var store = await LedgerStore.OpenAsync(options.Store, configuration.Directory, context.Time, cancellationToken);
        var desks = new DecommissioningDesks(configuration, store, context, Shared.ActorOf(parsed));
        await desks.PrepareToDecideAsync(cancellationToken);
        var imported = await desks.Assets.ImportAsync(file, content, options.Assets.Keys, desks.Actor, cancellationToken);
        await context.Output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"Registered {imported.Registered}, changed {imported.Changed}, unchanged {imported.Unchanged}."));
        return ExitCode.Done;
    }

    private static async Task<ExitCode> CloseAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        await using var store = await LedgerStore.OpenExistingAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken);
        var desks = new DecommissioningDesks(configuration, store, context, Shared.ActorOf(parsed));
        await desks.PrepareToDecideAsync(cancellationToken);
        var closed = await desks.Assets.CloseAsync(parsed.GetRequiredValue(Name), parsed.GetRequiredValue(Reason), desks.Actor, cancellationToken);
        await context.Output.WriteLineAsync($"Closed {closed.Asset.Name}. Nothing of it is due any more.");
        return ExitCode.Done;
    }

    internal static async Task<RegisteredAsset> RequireAsync(DecommissioningDesks desks, string name, CancellationToken cancellationToken) =>
        await desks.Assets.FindAsync(name, cancellationToken)
            ?? throw new DecommissioningException($"Asset {Printable.Of(name)}", "is not in the ledger.", "See what is with: migrationguard assets list --all");

    private static FileStream Open(string path, string file)
    {
        try
        {
            return System.IO.File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DecommissioningException(file, "cannot be read: " + e.Message, "Name a file that this account can read.");
        }
    }
}
