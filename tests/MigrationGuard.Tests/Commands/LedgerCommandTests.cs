using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using MigrationGuard.Anchors;
using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Checkpoints;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Decommissioning;
using MigrationGuard.Tests.Ledger;
using MigrationGuard.Tests.Ledger.Checkpoints;

namespace MigrationGuard.Tests.Commands;

/// <summary><c>ledger verify</c> against checkpoints, <c>ledger export</c> and <c>ledger erase</c>.</summary>
public sealed class LedgerCommandTests : IDisposable
{
    private readonly X509Certificate2 _signer = TestSigner.Curve();
    private readonly WorkingFolder _folder = new();
    private readonly MigrationGuardOptions _options = new();

    public LedgerCommandTests()
    {
        File.WriteAllBytes(_folder.At("signer.pfx"), _signer.Export(X509ContentType.Pfx));
        _options.Evidence.Signer.Pfx = "signer.pfx";
    }

    public void Dispose()
    {
        _signer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Verify_says_which_checkpoints_the_chain_extends()
    {
        var checkpoint = await AnchoredAsync();
        var run = (await RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
        run.Output.ShouldContain($"It extends the checkpoint of 4 entries in the folder {_folder.At("worm")}.");
        var json = JsonNode.Parse((await RunAsync("ledger", "verify", "--format", "json")).Output)!;
        ((bool)json["intact"]!, (long)json["checkpoints"]![0]!["size"]!, (string)json["checkpoints"]![0]!["root"]!, (string)json["origin"]!)
            .ShouldBe((true, 4, checkpoint.Checkpoint.Root, checkpoint.Checkpoint.Origin));
    }

    [Fact]
    public async Task Verify_finds_what_only_a_checkpoint_shows()
    {
        await AnchoredAsync();
        await using (var store = await OpenAsync())
        {
            await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder.At("migrationguard.db")};Pooling=False;Foreign Keys=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """
                DROP TRIGGER ledger_entry_is_never_removed; DROP TRIGGER ledger_payload_is_never_removed;
                DELETE FROM ledger_payload WHERE seq > 3; DELETE FROM ledger_entry WHERE seq > 3;
                """;
            await command.ExecuteNonQueryAsync();
        }
        var run = (await RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.NoGo);
        run.Output.ShouldContain("The chain had 4 entries and has 3: its end was removed.");
        run.Output.ShouldContain("The ledger is NOT intact: 1 problems in 3 entries.");
        Directory.Delete(_folder.At("worm"), recursive: true);
        (await RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Incomplete).Output.ShouldContain("NOT held against every checkpoint. folder");
    }

    [Fact]
    public async Task Verify_without_a_checkpoint_to_hold_against_is_incomplete_where_one_is_configured()
    {
        await AnchoredAsync();
        Directory.Delete(_folder.At("worm"), recursive: true);
        Directory.CreateDirectory(_folder.At("worm"));
        (await RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Incomplete).Output.ShouldContain("There is no checkpoint in the folder");
        _options.Evidence.Signer.Pfx = "nowhere.pfx";
        (await RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Incomplete).Output.ShouldContain("nowhere.pfx: is not there");
        _options.Checkpoints.Directory = null;
        (await RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done).Output.ShouldNotContain("checkpoint");
    }

    [Fact]
    public async Task A_checkpoint_that_was_mailed_is_held_against_the_chain()
    {
        var checkpoint = await AnchoredAsync();
        using var stranger = TestSigner.Curve();
        await File.WriteAllTextAsync(_folder.At("mail.txt"), $"Please keep this.\r\n\r\n    {checkpoint.Text.TrimEnd('\n').Replace("\n", "\r\n    ", StringComparison.Ordinal)}\r\n\r\nWhy: because.\r\n");
        (await RunAsync("ledger", "verify", "--checkpoint", "mail.txt")).ShouldExitWith(ExitCode.Done).Output.ShouldContain("checkpoint of 4 entries in the file given");

        await WriteAsync(SignedCheckpoint.Sign(checkpoint.Checkpoint, stranger));
        (await RunAsync("ledger", "verify", "--checkpoint", "given.txt")).ShouldExitWith(ExitCode.NoGo).Output.ShouldContain("is not signed by a signer known here");
        await WriteAsync(SignedCheckpoint.Sign(checkpoint.Checkpoint with { Root = new string('5', 64) }, _signer));
        (await RunAsync("ledger", "verify", "--checkpoint", "given.txt")).ShouldExitWith(ExitCode.NoGo).Output.ShouldContain("it was rewritten");
        await WriteAsync(SignedCheckpoint.Sign(checkpoint.Checkpoint with { Size = 99 }, _signer));
        (await RunAsync("ledger", "verify", "--checkpoint", "given.txt")).ShouldExitWith(ExitCode.NoGo).Output.ShouldContain("its end was removed");
        (await RunAsync("ledger", "verify", "--checkpoint", "nowhere.txt")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("cannot be read");
        await File.WriteAllTextAsync(_folder.At("given.txt"), "Dear all");
        (await RunAsync("ledger", "verify", "--checkpoint", "given.txt")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("holds no checkpoint");

        Task WriteAsync(SignedCheckpoint given) => File.WriteAllTextAsync(_folder.At("given.txt"), given.Text);
    }

    [Fact]
    public async Task Export_writes_the_lines_to_a_file_that_is_there_whole_or_not_at_all()
    {
        await AnchoredAsync();
        (await RunAsync("ledger", "export", "--output", "ledger.jsonl")).ShouldExitWith(ExitCode.Done).Output.ShouldBe($"{_folder.At("ledger.jsonl")}: 4 lines.{Environment.NewLine}");
        await using var stream = File.OpenRead(_folder.At("ledger.jsonl"));
        var report = await ExportedLines.VerifyAsync(stream, null, CancellationToken.None);
        (report.Problems.Count, report.Last).ShouldBe((0, 4));
        (await RunAsync("ledger", "export")).ShouldExitWith(ExitCode.Done).Output.ShouldBe(await File.ReadAllTextAsync(_folder.At("ledger.jsonl")));

        var failed = (await RunAsync("ledger", "export", "--output", "nowhere/ledger.jsonl")).ShouldExitWith(ExitCode.Usage);
        failed.Error.ShouldContain($"there is no folder {_folder.At("nowhere")}. Make it, or name a file in a folder that is there.");
        failed.Error.ShouldNotContain("unfinished");
        Directory.CreateDirectory(_folder.At("taken"));
        (await RunAsync("ledger", "export", "--output", "taken")).ShouldExitWith(ExitCode.Usage).Error.ShouldNotContain("unfinished");
        Directory.GetFiles(_folder.Path, "*.unfinished").ShouldBeEmpty();
    }

    [Fact]
    public async Task Erase_removes_what_an_entry_was_about_and_says_what_stays()
    {
        await AnchoredAsync();
        var run = (await RunAsync("ledger", "erase", "2", "--reason", "She asked for it.")).ShouldExitWith(ExitCode.Done);
        run.Output.ShouldStartWith("Entry 2 (approval, about thing) is erased; entry 5 says so.");
        (await RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done).Output.ShouldContain("Payloads erased: 1.");
        (await RunAsync("ledger", "erase", "2", "--reason", "Again.")).ShouldExitWith(ExitCode.Incomplete).Error.ShouldSatisfyAllConditions(
            error => error.ShouldContain($"has been erased already, by {Actor.OfThisProcess().Account} at "),
            error => error.ShouldContain("(entry 5). The reason given: She asked for it. "),
            error => error.ShouldContain("migrationguard ledger export"));
        (await RunAsync("ledger", "erase", "3", "--reason", " ")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("--reason: is empty");
        (await RunAsync("ledger", "erase", "3")).ExitCode.ShouldBe(1);
        (await RunAsync("ledger", "erase", "three", "--reason", "x")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task Verify_needs_no_certificate_that_could_still_sign()
    {
        var checkpoint = await AnchoredAsync();
        _folder.Time = SetClock.At(2099, 1, 1);
        (await RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done).Output.ShouldContain("It extends the checkpoint of 4 entries");

        // What another certificate signed is not believed, whenever that is.
        using var other = TestSigner.Curve();
        await File.WriteAllTextAsync(_folder.At("given.txt"), SignedCheckpoint.Sign(checkpoint.Checkpoint, other).Text);
        (await RunAsync("ledger", "verify", "--checkpoint", "given.txt")).ShouldExitWith(ExitCode.NoGo);
    }

    private Task<CommandRun> RunAsync(params string[] args)
    {
        _folder.Configure(_options);
        return _folder.RunAsync(args);
    }

    private Task<LedgerStore> OpenAsync() => LedgerStore.OpenAsync(new StoreOptions { ConnectionString = $"Data Source={_folder.At("migrationguard.db")};Pooling=False" }, _folder.Path, TimeProvider.System, CancellationToken.None);

    /// <summary>A ledger of four entries, and a folder with a checkpoint of them.</summary>
    private async Task<SignedCheckpoint> AnchoredAsync()
    {
        Directory.CreateDirectory(_folder.At("worm"));
        _options.Checkpoints.Directory = "worm";
        await using var store = await OpenAsync();
        for (var i = 0; i < 3; i++)
            await store.AppendAsync(EntryKind.Approval, "thing", new JsonObject { ["who"] = "Zoë" }, TestLedger.Engineer, CancellationToken.None);
        var checkpoint = SignedCheckpoint.Sign((await store.ProveAsync([], [], CancellationToken.None)).Checkpoint, _signer);
        await new DirectoryAnchor(_folder.At("worm")).KeepAsync(checkpoint, CancellationToken.None);
        return checkpoint;
    }
}
