using System.Runtime.InteropServices;
using MigrationGuard;
using MigrationGuard.Commands;
using MigrationGuard.TestHost;

if (args is [Appending.Mode, ..])
    return await Appending.RunAsync(args);

// The product's own program, line for line, but for its clock.
const string Clock = "MIGRATIONGUARD_TEST_CLOCK";
using var stop = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});
var file = Environment.GetEnvironmentVariable(Clock)
    ?? throw new InvalidOperationException($"{Clock} names no file. Set it to a file that holds the time, such as 2026-03-01T12:00:00Z.");
return await CommandLine.RunAsync(args, ProgramContext.OfProcess() with { Time = new FileClock(file) }, stop.Token);
