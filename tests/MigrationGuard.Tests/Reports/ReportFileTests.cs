using System.Runtime.Versioning;
using System.Text.Json;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Tests.Reports;

public sealed class ReportFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("migrationguard-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Writing_makes_the_missing_directory_and_leaves_the_page_and_the_record_and_nothing_else()
    {
        var directory = Path.Combine(_folder, "not", "there yet");

        var path = await RunReport.WriteAsync(SampleRun.Everything, directory, CancellationToken.None);

        path.ShouldBe(Path.Combine(directory, "run-20260307-011405-7f3a.html"));
        Directory.GetFiles(directory).Select(Path.GetFileName).Order().ShouldBe(["run-20260307-011405-7f3a.html", "run-20260307-011405-7f3a.json"]);
        (await File.ReadAllTextAsync(path)).ShouldBe(await RunReport.RenderAsync(SampleRun.Everything, CancellationToken.None));
    }

    [Fact]
    public async Task The_record_beside_the_page_reads_back_as_the_run()
    {
        await RunReport.WriteAsync(SampleRun.Everything, _folder, CancellationToken.None);

        var json = await File.ReadAllTextAsync(Path.Combine(_folder, "run-20260307-011405-7f3a.json"));
        var run = JsonSerializer.Deserialize<RunDocument>(json, LedgerJson.Readable);
        JsonSerializer.Serialize(run, LedgerJson.Readable).ShouldBe(json.TrimEnd('\n'));
    }

    [Fact]
    public async Task Writing_again_replaces_both_files()
    {
        await RunReport.WriteAsync(SampleRun.Everything, _folder, CancellationToken.None);

        var path = await RunReport.WriteAsync(SampleRun.Everything with { Label = "written again" }, _folder, CancellationToken.None);

        (await File.ReadAllTextAsync(path)).ShouldContain("written again");
        Directory.GetFiles(_folder).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_write_that_is_cancelled_leaves_what_was_there()
    {
        var path = Path.Combine(_folder, "run-x.html");
        await File.WriteAllTextAsync(path, "the whole of the first");

        await Should.ThrowAsync<OperationCanceledException>(() => WholeFile.WriteAsync(path, "the second", new CancellationToken(canceled: true)));

        (await File.ReadAllTextAsync(path)).ShouldBe("the whole of the first");
        Directory.GetFiles(_folder).ShouldBe([path]);
    }

    [Fact]
    public async Task A_directory_that_is_a_file_is_a_clear_error()
    {
        var file = Path.Combine(_folder, "reports");
        await File.WriteAllTextAsync(file, "");

        var error = await Should.ThrowAsync<ReportException>(() => RunReport.WriteAsync(SampleRun.Everything, file, CancellationToken.None));

        error.Place.ShouldBe(file);
        error.Remedy.ShouldContain("Name a directory that this account may write to");
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_directory_that_may_not_be_written_to_is_a_clear_error()
    {
        Skip.If(OperatingSystem.IsWindows(), "File modes are those of Unix. Run this on Linux or macOS.");
        Skip.If(Environment.IsPrivilegedProcess, "Nothing is read-only for root. Run the tests as an ordinary user: bash tests/run.sh.");
        var directory = Directory.CreateDirectory(Path.Combine(_folder, "sealed"), UnixFileMode.UserRead | UnixFileMode.UserExecute).FullName;

        var error = await Should.ThrowAsync<ReportException>(() => RunReport.WriteAsync(SampleRun.Everything, directory, CancellationToken.None));

        error.Place.ShouldBe(directory);
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("a/b")]
    [InlineData("")]
    public async Task A_run_whose_identifier_would_lead_elsewhere_is_refused(string identifier)
    {
        var error = await Should.ThrowAsync<ReportException>(
            () => RunReport.WriteAsync(SampleRun.Everything with { Run = identifier }, _folder, CancellationToken.None));

        error.Problem.ShouldContain("cannot be part of a file name");
        Directory.GetFiles(_folder).ShouldBeEmpty();
    }
}
