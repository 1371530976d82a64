using System.Globalization;
using MigrationGuard.Configuration;
using Serilog;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Events;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace MigrationGuard.Schedule.Logging;

/// <summary>Makes the worker's log: plain text on standard error for people, JSON lines in a file a day for machines, secrets in neither.</summary>
internal static class WorkerLog
{
    private const long LargestFile = 64 * 1024 * 1024;

    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss zzz} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <exception cref="ConfigurationException">The log cannot be written where it should be, or the Serilog section cannot be understood.</exception>
    public static Logger Create(LoadedConfiguration configuration, ProgramContext context, Secrets secrets)
    {
        SelfLog.Enable(problem => context.Error.WriteLine("Log: " + secrets.Mask(problem)));
        try
        {
            var section = SerilogSection.Read(configuration.Path, context.Environment);
            var log = new LoggerConfiguration()
                .MinimumLevel.Information()
                .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                // Whoever asks for health is told; a line for each time it is asked would bury the rest.
                .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)
                .MinimumLevel.Override("Quartz", LogEventLevel.Warning);
            // Reading nothing would still have every assembly's dependencies read, which stays in memory for good.
            if (!section.IsEmpty)
                log.ReadFrom.Configuration(section.Pipeline);
            return section.HasSinks ? WithSinksOf(section, log, secrets) : WithOwnSinks(configuration, log, context, secrets);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new ConfigurationException("Serilog", "cannot be understood: " + secrets.Mask(e.Message.ReplaceLineEndings(" ")), "Correct the section, or remove it.");
        }
    }

    private static Logger WithSinksOf(SerilogSection section, LoggerConfiguration log, Secrets secrets)
    {
        var sinks = new LoggerConfiguration().MinimumLevel.Verbose().ReadFrom.Configuration(section.Sinks).CreateLogger();
        return log.WriteTo.Sink(new MaskingSink(sinks, secrets)).CreateLogger();
    }

    private static Logger WithOwnSinks(LoadedConfiguration configuration, LoggerConfiguration log, ProgramContext context, Secrets secrets)
    {
        var worker = configuration.Options.Worker;
        var directory = WritableDirectory(Path.GetFullPath(worker.LogDirectory, configuration.Directory));
        var text = new MaskingFormatter(new MessageTemplateTextFormatter(Line, CultureInfo.InvariantCulture), secrets);
        var json = new MaskingFormatter(new JsonFormatter(renderMessage: true, formatProvider: CultureInfo.InvariantCulture), secrets);
        return log
            .WriteTo.Sink(new TextWriterSink(text, context.Error))
            .WriteTo.File(
                json,
                Path.Combine(directory, "migrationguard-.jsonl"),
                rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: LargestFile,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: null,
                retainedFileTimeLimit: TimeSpan.FromDays(worker.LogRetainedDays))
            .CreateLogger();
    }

    // Tried here, as the sink itself would go on without a word.
    private static string WritableDirectory(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            var probe = Path.Combine(directory, $".{Environment.ProcessId}.probe");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return directory;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException("Worker:LogDirectory", $"{directory} cannot be written.", "Let this account write there, or name another folder.");
        }
    }
}
