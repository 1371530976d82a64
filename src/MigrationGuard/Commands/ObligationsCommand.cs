using System.CommandLine;
using MigrationGuard.Duties;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Output;

namespace MigrationGuard.Commands;

/// <summary><c>obligations</c>: what has to be done again and again, and is not a deletion review.</summary>
internal static class ObligationsCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The obligation's name, or partner-notice.COMPARISON." };

    private static readonly Option<bool> All = new("--all") { Description = "What was completed, resolved or withdrawn too." };

    private static readonly Option<string> Reason = Shared.Reason("What was done, and where that can be seen.");

    private static readonly Option<OutputFormat> Format = Shared.Format();

    public static void AddObligations(this RootCommand root, ProgramContext context)
    {
        var list = new Command("list", "List obligations, those due first on top.") { All, Format };
        list.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => ListAsync(parsed, context, cancellationToken)));
        var complete = new Command("complete", "Record that an obligation was met: the oldest time that it is due.") { Name, Reason };
        complete.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => CompleteAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(new Command("obligations", "What has to be done again and again.") { list, complete });
    }

    private static async Task<ExitCode> ListAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        await using var store = await LedgerStore.OpenExistingAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken);
        var desks = new DecommissioningDesks(configuration, store, context, Shared.ActorOf(parsed));
        var code = await desks.TrySynchroniseAsync(cancellationToken);
        var now = context.Time.GetUtcNow();
        var occurrences = await desks.Obligations.ListAsync(parsed.GetValue(All), cancellationToken);
        var upcoming = await desks.Obligations.UpcomingAsync(desks.ConfiguredObligations, now, cancellationToken);
        List<ShownObligation> obligations =
        [
            .. occurrences.Where(occurrence => occurrence.IsOpen).Select(occurrence => ShownObligation.Of(occurrence, now)),
            .. upcoming.Select(ShownObligation.Of),
            .. occurrences.Where(occurrence => !occurrence.IsOpen).Reverse().Select(occurrence => ShownObligation.Of(occurrence, now)),
        ];
        if (parsed.GetValue(Format) == OutputFormat.Json)
            await ObligationText.WriteJsonAsync(obligations, context);
        else
            ObligationText.Write(obligations, context);
        return code;
    }

    private static async Task<ExitCode> CompleteAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        await using var store = await LedgerStore.OpenExistingAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken);
        var desks = new DecommissioningDesks(configuration, store, context, Shared.ActorOf(parsed));
        await desks.PrepareToDecideAsync(cancellationToken);
        var name = parsed.GetRequiredValue(Name);
        var configured = configuration.Options.Obligations.FirstOrDefault(obligation => obligation.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        List<string> mayComplete = configured is null ? [] : configured.CompletedBy.Count > 0 ? configured.CompletedBy : [configured.OwnerRole];
        var completed = await desks.Obligations.CompleteAsync(name, parsed.GetRequiredValue(Reason), mayComplete, desks.Actor, cancellationToken);
        await context.Output.WriteLineAsync($"{completed.SeriesKey}, due {Figures.Of(completed.DueOn)}: {completed.Outcome}.");
        return ExitCode.Done;
    }
}
