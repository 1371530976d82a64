using System.ComponentModel;

namespace MigrationGuard.Schedule;

/// <summary>How the worker, <c>migrationguard serve</c>, works.</summary>
public sealed class WorkerOptions
{
    [Description("Seconds between two looks at what is due; at least 1.")]
    public int SweepSeconds { get; set; } = 60;

    [Description("Where health is answered, at /health/live and /health/ready: http, a loopback or other address of this machine, and a port. Empty for nowhere.")]
    public string HealthUrl { get; set; } = "http://127.0.0.1:5170";

    [Description("Entities of scheduled verifications that one worker compares at once; at least 1.")]
    public int Concurrency { get; set; } = 4;

    [Description("Hours between two verifications of the whole ledger.")]
    public double LedgerCheckHours { get; set; } = 24;

    [Description("Seconds that work in hand has to end when the worker is stopped; at least 1.")]
    public int ShutdownSeconds { get; set; } = 30;

    [Description("The folder of the log files, relative to the configuration file.")]
    public string LogDirectory { get; set; } = "logs";

    [Description("Days that log files are kept.")]
    public int LogRetainedDays { get; set; } = 31;

    [Description("Seconds between two signs of life where several workers share a store; a worker that is silent for longer loses its work to the others.")]
    public int ClusterCheckinSeconds { get; set; } = 10;
}
