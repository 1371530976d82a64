using MigrationGuard.Anchors;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Decommissioning;
using MigrationGuard.Demo;
using MigrationGuard.Evidence;
using MigrationGuard.Evidence.Checking;
using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Evidence.Seals;
using MigrationGuard.Initialisation;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Notifications.Templates;
using MigrationGuard.Packing;
using MigrationGuard.Qualification;

namespace MigrationGuard;

/// <summary>What the process ends with. This file is the only one that decides it.</summary>
public enum ExitCode
{
    /// <summary>GO, or done.</summary>
    Done = 0,

    /// <summary>The command line or the configuration cannot be understood.</summary>
    Usage = 1,

    /// <summary>Something could not be checked or finished: a server that is down, a wrong password, Ctrl-C.</summary>
    Incomplete = 2,

    /// <summary>Differences were found, or a verification failed. Wins over <see cref="Incomplete"/>.</summary>
    NoGo = 3,
}

/// <summary>From verdicts and failures to exit codes.</summary>
public static class ExitCodes
{
    public static ExitCode Of(Verdict verdict) => verdict switch
    {
        Verdict.Go => ExitCode.Done,
        Verdict.NoGo => ExitCode.NoGo,
        _ => ExitCode.Incomplete,
    };

    /// <summary>What a run came to; one whose claim was erased is never a pass.</summary>
    public static ExitCode Of(RunDocument run) => run.ErasedEnd is null ? Of(run.Verdict) : Graver(Of(run.Verdict), ExitCode.Incomplete);

    public static ExitCode Of(PackReport report) => report.Conclusion switch
    {
        PackConclusion.Proven => ExitCode.Done,
        PackConclusion.Broken => ExitCode.NoGo,
        _ => ExitCode.Incomplete,
    };

    internal static ExitCode Of(QualificationDocument document) => document.Passed ? ExitCode.Done : ExitCode.NoGo;

    /// <summary>A pack says what it says, and building it is done; but a ledger that does not hold is no ground for evidence, and a stamp may be wanting.</summary>
    internal static ExitCode Of(FinishedPack pack) =>
        !pack.Content.Chain.Intact ? ExitCode.NoGo
        : pack.Built.Sealed.Stamp is StampOutcome.Pending ? ExitCode.Incomplete
        : ExitCode.Done;

    /// <summary>The graver of two: 3 wins over 2, and 2 over success.</summary>
    public static ExitCode Graver(ExitCode a, ExitCode b) => a > b ? a : b;

    /// <summary>Runs a command; what it throws becomes a message on the error stream and an exit code.</summary>
    /// <remarks>A failure with a place and a remedy is a message; a defect keeps its stack trace. Neither is ever exit code 0.</remarks>
    public static async Task<int> RunAsync(TextWriter error, Func<Task<ExitCode>> command)
    {
        try
        {
            return (int)await command();
        }
        catch (ConfigurationException e)
        {
            await error.WriteLineAsync(e.Message);
            return (int)ExitCode.Usage;
        }
        catch (Exception e) when (e is UsageException or DraftException or DecommissioningException or AttestationException or CommitmentMappingException or TemplateException or NoPackException)
        {
            await error.WriteLineAsync(e.Message);
            return (int)ExitCode.Usage;
        }
        catch (Exception e) when (e is DatabaseException or LedgerException or AnchorException or ReportException or EvidenceException or DemoException)
        {
            await error.WriteLineAsync(e.Message);
            return (int)ExitCode.Incomplete;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Interrupted.");
            return (int)ExitCode.Incomplete;
        }
        catch (Exception e)
        {
            await error.WriteLineAsync("This program failed; nothing was found to be the same. Please report it with what follows.");
            await error.WriteLineAsync(e.ToString());
            return (int)ExitCode.Incomplete;
        }
    }
}

/// <summary>The command line asks for something that does not exist.</summary>
public sealed class UsageException(string message) : Exception(message);
