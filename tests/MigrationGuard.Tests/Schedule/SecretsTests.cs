using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Schedule.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace MigrationGuard.Tests.Schedule;

/// <summary>Nothing that is logged says a secret, and what is no secret is left as it was.</summary>
public sealed class SecretsTests
{
    private const string Password = "pa\"ss;wo'rd & <so> \\on é";

    private static readonly Secrets OfOptions = Secrets.Of(
        new MigrationGuardOptions
        {
            Store = { ConnectionString = $"Host=db;Username=mg;Password=\"{Password.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" },
            Databases = { ["old"] = new DatabaseOptions { ConnectionString = "Server=old;User ID=reader;Pwd=hunter2;Encrypt=true" } },
        },
        new Dictionary<string, string> { ["PGPASSWORD"] = "from-the-environment", ["PWD"] = "/work" });

    [Theory]
    [InlineData("It is " + Password + ".")]
    [InlineData("hunter2")]
    [InlineData("x-from-the-environment-x")]
    public void A_configured_secret_is_masked_wherever_it_stands(string text)
    {
        var masked = OfOptions.Mask(text);
        masked.ShouldContain("***");
        masked.ShouldNotContain(Password);
        masked.ShouldNotContain("hunter2");
        masked.ShouldNotContain("from-the-environment");
    }

    [Theory]
    [InlineData("Server=old;User ID=reader;Encrypt=true")]
    [InlineData("The password was wrong. Correct it under /work.")]
    [InlineData("Sweep obligations failed, 3 in a row.")]
    [InlineData("https://example.org/path?page=1")]
    public void What_is_no_secret_is_left_as_it_was(string text) => OfOptions.Mask(text).ShouldBe(text);

    [Theory]
    [InlineData("Server=x;Password=abc;Encrypt=true", "Server=x;Password=***;Encrypt=true")]
    [InlineData("Server=x;PWD = 'a;b';Encrypt=true", "Server=x;PWD = ***;Encrypt=true")]
    [InlineData("{\"m\":\"Password=\\\"a;b\\\";Encrypt=true\"}", "{\"m\":\"Password=***;Encrypt=true\"}")]
    [InlineData("AccountName=n;AccountKey=abc+/==;EndpointSuffix=s", "AccountName=n;AccountKey=***;EndpointSuffix=s")]
    [InlineData("SharedAccessSignature=sv=2024&sig=abc%3D;X=1", "SharedAccessSignature=***;X=1")]
    [InlineData("Authorization: Bearer abc.def-ghi", "Authorization: Bearer ***")]
    [InlineData("https://user:word@host/path", "https://user:***@host/path")]
    public void What_looks_like_a_secret_is_masked_though_no_option_holds_it(string text, string masked) => new Secrets([]).Mask(text).ShouldBe(masked);

    [Theory]
    [InlineData("Signed in with {Word}.")]
    [InlineData("{@Options}")]
    [InlineData("thrown")]
    public void A_log_line_says_no_secret_whatever_it_came_from(string template)
    {
        Logged(OfOptions, template).ShouldContain("***");
        // Pieces that no way of quoting changes.
        Logged(OfOptions, template).ShouldNotContain("& <so>");
        Logged(OfOptions, template).ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_log_line_would_say_it_without_the_mask() => Logged(new Secrets([]), "Signed in with {Word}.").ShouldContain("& <so>");

    [Theory]
    [InlineData("Signed in with {Word}.")]
    [InlineData("{@Options}")]
    [InlineData("thrown")]
    public void A_sink_of_somebody_elses_is_given_no_secret(string template)
    {
        var seen = new SeenEvents();
        using var log = new LoggerConfiguration().WriteTo.Sink(new MaskingSink(seen, OfOptions)).CreateLogger();
        Write(log, template);
        var all = string.Join('\n', seen.Events.SelectMany(e => e.Properties.Select(p => p.Value.ToString()).Append(e.RenderMessage(null)).Append(e.Exception?.ToString() ?? "").Append(e.Exception?.Message ?? "")));
        all.ShouldContain("***");
        all.ShouldNotContain("& <so>");
        all.ShouldNotContain("hunter2");
    }

    [Fact]
    public void A_sink_of_somebody_elses_is_given_what_is_no_secret_as_it_was()
    {
        var seen = new SeenEvents();
        using var log = new LoggerConfiguration().WriteTo.Sink(new MaskingSink(seen, OfOptions)).CreateLogger();
        log.Information("Read {Rows} rows.", 42);
        seen.Events.ShouldHaveSingleItem().RenderMessage(null).ShouldBe("Read 42 rows.");
        seen.Events[0].Properties["Rows"].ShouldBeOfType<ScalarValue>().Value.ShouldBe(42);
    }

    private static string Logged(Secrets secrets, string template)
    {
        using var output = new StringWriter();
        using (var log = new LoggerConfiguration().WriteTo.Sink(new TextWriterSink(new MaskingFormatter(new JsonFormatter(renderMessage: true), secrets), output)).CreateLogger())
            Write(log, template);
        return output.ToString();
    }

    private static void Write(Logger log, string template)
    {
        if (template == "thrown")
            log.Error(new InvalidOperationException("outer", new InvalidOperationException($"Could not sign in with {Password} or Pwd=hunter2")), "It failed.");
        else if (template == "{@Options}")
            log.Information("{@Options}", new { Inner = new[] { "hunter2", Password } });
        else
            log.Information("Signed in with {Word}.", Password);
    }

    private sealed class SeenEvents : ILogEventSink
    {
        public List<LogEvent> Events { get; } = [];

        public void Emit(LogEvent logEvent) => Events.Add(logEvent);
    }
}
