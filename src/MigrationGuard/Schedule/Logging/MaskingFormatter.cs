using Serilog.Events;
using Serilog.Formatting;

namespace MigrationGuard.Schedule.Logging;

/// <summary>Masks what another formatter wrote.</summary>
/// <remarks>On the finished line, so that a secret is found wherever it came from: message, property, exception, or pieces of several.</remarks>
internal sealed class MaskingFormatter(ITextFormatter inner, Secrets secrets) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter();
        inner.Format(logEvent, line);
        output.Write(secrets.Mask(line.ToString()));
    }
}
