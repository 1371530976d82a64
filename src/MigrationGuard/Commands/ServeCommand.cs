using System.CommandLine;
using MigrationGuard.Schedule;

namespace MigrationGuard.Commands;

/// <summary><c>serve</c>: the worker.</summary>
internal static class ServeCommand
{
    public static void AddServe(this RootCommand root, ProgramContext context)
    {
        var serve = new Command("serve", "Work until stopped: schedules, reminders, deliveries, health.");
        serve.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, async () =>
        {
            await Worker.RunAsync(Shared.LoadConfiguration(parsed, context), context, WorkerFeatures.Add, cancellationToken);
            return ExitCode.Done;
        }));
        root.Subcommands.Add(serve);
    }
}
