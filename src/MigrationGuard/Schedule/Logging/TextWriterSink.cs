using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace MigrationGuard.Schedule.Logging;

/// <summary>Writes events to a text writer: the program's own standard error.</summary>
internal sealed class TextWriterSink(ITextFormatter formatter, TextWriter writer) : ILogEventSink
{
    private readonly Lock _lock = new();

    public void Emit(LogEvent logEvent)
    {
        lock (_lock)
        {
            formatter.Format(logEvent, writer);
            writer.Flush();
        }
    }
}
