using MigrationGuard.Runs;
using MigrationGuard.Verification.Running;
using Spectre.Console;

namespace MigrationGuard.Output;

/// <summary>Shows how a run goes, on standard error: standard output is for its result.</summary>
public abstract class Progress : IRunObserver, IDisposable
{
    /// <summary>A live display on a terminal, plain lines otherwise.</summary>
    public static Progress For(ProgramContext context) =>
        context.ErrorIsTerminal ? new LiveProgress(Terminal.On(context.Error, context, context.ErrorIsTerminal), context.Time) : new PlainProgress(context.Error, context.Time);

    /// <summary>When the run would finish, once that is known; null when no earlier run tells.</summary>
    protected Forecast? Forecast { get; private set; }

    /// <summary>Shows from now on when the run would finish.</summary>
    public void Expect(Forecast forecast) => Forecast = forecast;

    public abstract void Planned(int readings, long approximateRows);

    public abstract void Started(string reading);

    public abstract void Finished(string reading, IReadOnlyList<Ledger.Outcomes.CheckResult> results, long approximateRows);

    /// <summary>Ends the display; what was shown stays.</summary>
    public abstract void Dispose();
}

/// <summary>Consoles for what people read.</summary>
internal static class Terminal
{
    /// <summary>A console on a stream: coloured only where a person reads it and wants colours.</summary>
    public static IAnsiConsole On(TextWriter writer, ProgramContext context, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal && context.WantsColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        // A file or a pipe has no width of its own: lines are cut by whoever reads them.
        if (!isTerminal)
            console.Profile.Width = 160;
        return console;
    }
}
