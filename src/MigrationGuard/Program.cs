using System.Runtime.InteropServices;
using MigrationGuard;
using MigrationGuard.Commands;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopOnce);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopOnce);
return await CommandLine.RunAsync(args, ProgramContext.OfProcess(), stop.Token);

// The first signal ends a run or the worker cleanly, with what is known so far recorded; the second ends the process as usual.
void StopOnce(PosixSignalContext signal)
{
    if (stop.IsCancellationRequested)
        return;
    signal.Cancel = true;
    Console.Error.WriteLine("Stopping: what is done is kept, and nothing that is not counts as done. Once more to stop at once.");
    stop.Cancel();
}
