using System.CommandLine;
using MigrationGuard.Decommissioning;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Output;

namespace MigrationGuard.Commands;

/// <summary><c>notifications</c>: what somebody is to be told, and whether it was sent.</summary>
internal static class NotificationsCommand
{
    private static readonly Argument<string?> Id = new("ID") { Description = "A notification's id; all that wait when left out.", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<bool> All = new("--all") { Description = "What was sent too." };

    private static readonly Option<int> Limit = new("--limit")
    {
        Description = "The most to list, the newest first.",
        HelpName = "N",
        DefaultValueFactory = _ => 50,
    };

    private static readonly Option<OutputFormat> Format = Shared.Format();

    public static void AddNotifications(this RootCommand root, ProgramContext context)
    {
        var list = new Command("list", "List what waits to be sent, the newest first.") { All, Limit, Format };
        list.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => ListAsync(parsed, context, cancellationToken)));
        var retry = new Command("retry", "Have the worker try again at once.") { Id };
        retry.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => RetryAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(new Command("notifications", "What somebody is to be told.") { list, retry });
    }

    private static async Task<ExitCode> ListAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        await using var store = await OpenAsync(parsed, context, cancellationToken);
        var limit = parsed.GetValue(Limit);
        if (limit < 1)
            throw new UsageException("--limit: is less than 1. Write how many to list at the most.");
        var deliveries = await store.ListDeliveriesAsync(waitingOnly: !parsed.GetValue(All), limit, cancellationToken);
        if (parsed.GetValue(Format) == OutputFormat.Json)
            await NotificationText.WriteJsonAsync(deliveries, context);
        else
            NotificationText.Write(deliveries, context);
        return ExitCode.Done;
    }

    private static async Task<ExitCode> RetryAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        await using var store = await OpenAsync(parsed, context, cancellationToken);
        var id = parsed.GetValue(Id);
        var due = await store.RetryDeliveriesAsync(id, cancellationToken);
        if (id is not null && due == 0)
            throw new DecommissioningException($"Notification {Printable.Of(id)}", "is not there, or does not wait.", "See what is with: migrationguard notifications list --all");
        await context.Output.WriteLineAsync(due switch
        {
            0 => "Nothing waits.",
            1 => "One message is due now; the worker sends it.",
            _ => $"{Figures.Of(due)} messages are due now; the worker sends them.",
        });
        return ExitCode.Done;
    }

    private static Task<LedgerStore> OpenAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        return LedgerStore.OpenExistingAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken);
    }
}
