using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MigrationGuard.Schedule;
using MigrationGuard.Tests.BadInput;
using MigrationGuard.Tests.Commands;

namespace MigrationGuard.Tests.Schedule;

/// <summary><c>migrationguard serve</c> as a process of its own, and what it is to its surroundings.</summary>
public sealed class WorkerProcessTests
{
    [SkippableTheory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_ends_it_with_0(string signal)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        using var folder = new WorkingFolder();
        folder.Configure(RunningWorker.Options());
        using var program = BuiltProgram.Start(folder.Path, "serve");
        await program.SaysAsync("works. Health: http://127.0.0.1:");
        await (signal == "TERM" ? program.TerminateAsync() : program.InterruptAsync());
        (await program.EndsAsync()).ShouldBe((int)ExitCode.Done, program.Error);
        program.Error.ShouldContain("Stopped.");
    }

    [SkippableFact]
    public async Task One_that_was_killed_leaves_nothing_in_the_way_of_the_next()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        using var folder = new WorkingFolder();
        folder.Configure(RunningWorker.Options());
        for (var start = 0; start < 2; start++)
        {
            using var program = BuiltProgram.Start(folder.Path, "serve");
            await program.SaysAsync("works.");
            program.Kill();
            await program.EndsAsync();
        }
        (await folder.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_the_remedy()
    {
        using var folder = new WorkingFolder();
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        folder.Configure($$"""{ "MigrationGuard": { "Worker": { "HealthUrl": "http://{{listener.LocalEndpoint}}" } } }""");
        (await folder.RunAsync("serve")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("Worker:HealthUrl: cannot be listened on");
    }

    [Fact]
    public async Task A_template_that_names_what_there_is_not_is_found_at_the_start()
    {
        using var folder = new WorkingFolder();
        Directory.CreateDirectory(folder.At("templates"));
        File.WriteAllText(folder.At("templates/review-reminder.md"), "Subject: {{asset}}\n\nAsk {{nobody}}.\n");
        var options = RunningWorker.Options();
        options.Notifications.Templates = "templates";
        folder.Configure(options);
        (await folder.RunAsync("serve")).ShouldExitWith(ExitCode.Usage).Error.ShouldSatisfyAllConditions(
            error => error.ShouldContain("review-reminder.md"), error => error.ShouldContain("nobody"));
    }

    [Fact]
    public async Task A_file_of_authorities_that_is_not_there_is_named()
    {
        using var folder = new WorkingFolder();
        var options = RunningWorker.Options();
        options.Notifications.TrustedAuthorities = "authorities.pem";
        folder.Configure(options);
        (await folder.RunAsync("serve")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("Notifications:TrustedAuthorities");
    }

    [Fact]
    public async Task A_log_folder_that_cannot_be_written_is_named()
    {
        using var folder = new WorkingFolder();
        File.WriteAllText(folder.At("logs"), "");
        folder.Configure(RunningWorker.Options());
        (await folder.RunAsync("serve")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("Worker:LogDirectory");
    }

    [Fact]
    public async Task A_stop_that_comes_before_the_start_ends_it_with_0()
    {
        using var folder = new WorkingFolder();
        folder.Configure(RunningWorker.Options());
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        (await folder.RunAsync(stop.Token, "serve")).ShouldExitWith(ExitCode.Done);
    }

    [Fact]
    public async Task The_Serilog_section_sets_levels_and_takes_over_the_sinks()
    {
        using var folder = new WorkingFolder();
        var port = TcpProxy.ClosedPort().ToString(CultureInfo.InvariantCulture);
        folder.Configure($$"""
            { "MigrationGuard": { "Worker": { "HealthUrl": "http://127.0.0.1:{{port}}" } },
              "Serilog": { "MinimumLevel": "Debug", "WriteTo": [ { "Name": "File", "Args": { "path": "{{folder.At("own.log").Replace("\\", "\\\\", StringComparison.Ordinal)}}", "shared": true } } ] } }
            """);
        using var stop = new CancellationTokenSource();
        var running = folder.RunAsync(stop.Token, "serve");
        await Eventually.HoldsAsync(() => File.Exists(folder.At("own.log")) && new FileInfo(folder.At("own.log")).Length > 0, () => "Nothing was logged.");
        await stop.CancelAsync();
        (await running).ShouldExitWith(ExitCode.Done).Error.ShouldBeEmpty();
        Directory.Exists(folder.At("logs")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_Serilog_section_that_makes_no_sense_is_named()
    {
        using var folder = new WorkingFolder();
        folder.Configure("""{ "MigrationGuard": { }, "Serilog": { "MinimumLevel": "Chatty" } }""");
        (await folder.RunAsync("serve")).ShouldExitWith(ExitCode.Usage).Error.ShouldStartWith("Serilog:");
    }

    [SkippableFact]
    public async Task Systemd_is_told_when_it_is_ready_and_when_it_stops()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "There is no systemd here.");
        using var folder = new WorkingFolder();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder.At("notify")));
        folder.Environment["NOTIFY_SOCKET"] = folder.At("notify");
        await using (var worker = RunningWorker.Start(folder, RunningWorker.Options()))
        {
            (await ReceiveAsync(socket)).ShouldBe("READY=1");
            await worker.StopAsync();
        }
        (await ReceiveAsync(socket)).ShouldBe("STOPPING=1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/nowhere/notify")]
    public void Systemd_that_does_not_listen_does_no_harm(string path) =>
        SystemdNotification.Send(new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path }, SystemdNotification.Ready);

    [Fact]
    public async Task IIS_says_where_to_listen_and_is_asked_for_its_token()
    {
        using var folder = new WorkingFolder();
        var options = RunningWorker.Options();
        folder.Environment["ASPNETCORE_PORT"] = new Uri(options.Worker.HealthUrl).Port.ToString(CultureInfo.InvariantCulture);
        folder.Environment["ASPNETCORE_TOKEN"] = "token-of-iis";
        var address = new Uri(new Uri(options.Worker.HealthUrl), "health/live");
        options.Worker.HealthUrl = "http://127.0.0.1:5170";
        await using var worker = RunningWorker.Start(folder, options);
        using var http = new HttpClient();
        await Eventually.HoldsAsync(() => worker.Error.Contains("works.", StringComparison.Ordinal), () => worker.Error);
        (await http.GetAsync(address)).IsSuccessStatusCode.ShouldBeFalse();
        http.DefaultRequestHeaders.Add("MS-ASPNETCORE-TOKEN", "token-of-iis");
        (await http.GetStringAsync(address)).ShouldContain("live");
        using var shutdown = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/iisintegration")) { Headers = { { "MS-ASPNETCORE-EVENT", "shutdown" } } };
        (await http.SendAsync(shutdown)).IsSuccessStatusCode.ShouldBeTrue();
        await Eventually.HoldsAsync(() => worker.Error.Contains("Stopped.", StringComparison.Ordinal), () => worker.Error);
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        var buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, patience.Token));
    }
}
