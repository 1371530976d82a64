using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace MigrationGuard.Schedule.Logging;

/// <summary>Hands events on with everything in them masked, to sinks whose formatting is not this program's.</summary>
internal sealed class MaskingSink(ILogEventSink inner, Secrets secrets) : ILogEventSink
{
    public void Emit(LogEvent logEvent)
    {
        // The message is masked as a whole: between a template and its properties a secret may be in two pieces.
        var message = new MessageTemplate([new TextToken(secrets.Mask(logEvent.RenderMessage(CultureInfo.InvariantCulture)))]);
        var exception = logEvent.Exception is { } thrown ? new MaskedException(secrets.Mask(thrown.ToString())) : null;
        var properties = logEvent.Properties.Select(property => new LogEventProperty(property.Key, Masked(property.Value)));
        inner.Emit(new LogEvent(logEvent.Timestamp, logEvent.Level, exception, message, properties));
    }

    private LogEventPropertyValue Masked(LogEventPropertyValue value)
    {
        var text = value is ScalarValue { Value: string held } ? held : value.ToString();
        var masked = secrets.Mask(text);
        // What holds no secret keeps its type and structure.
        return masked == text ? value : new ScalarValue(masked);
    }

    /// <summary>Says what another exception said, masked.</summary>
    private sealed class MaskedException(string text) : Exception(text)
    {
        public override string ToString() => Message;
    }
}
