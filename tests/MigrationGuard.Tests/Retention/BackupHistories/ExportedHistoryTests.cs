using System.Text;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Tests.Decommissioning;
using MigrationGuard.Tests.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.BackupHistories;

/// <summary>The reading of a CSV file, and what such a file can be beside a history.</summary>
public sealed class ExportedHistoryTests : BackupHistoryConformance
{
    private static readonly DateTimeOffset Now = new(2025, 3, 10, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_export_is_doubted_when_it_is_older_than_it_is_good_for()
    {
        Write(Now.AddDays(-7));
        (await ReadAsync()).ShouldBeOfType<HistoryOutcome.Read>().Doubt.ShouldBeNull();
        Write(Now.AddDays(-7).AddMinutes(-1));
        (await ReadAsync()).ShouldBeOfType<HistoryOutcome.Read>().Doubt!.ShouldContain("more than 7 days ago, and does not say what is so now. Export it anew.");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_an_empty_history() =>
        (await ReadAsync()).ShouldBeOfType<HistoryOutcome.NotRead>().Reason.ShouldContain("does not exist");

    [Fact]
    public async Task An_empty_file_is_not_an_empty_history()
    {
        await File.WriteAllTextAsync(At("history.csv"), "");
        (await ReadAsync()).ShouldBeOfType<HistoryOutcome.NotRead>().Reason.ShouldContain("It has no column record");
    }

    [Fact]
    public async Task NULL_spelt_out_is_NULL()
    {
        var export = new HistoryExport("S", Now);
        var row = export.Backup(SyntheticBackup.Usual);
        row["last_lsn"] = row["family_guid"] = "NULL";
        export.Write(At("history.csv"));
        (await ReadAsync()).ShouldBeOfType<HistoryOutcome.Read>().History.Backups.ShouldHaveSingleItem().LastLsn.ShouldBeNull();
    }

    [Fact]
    public async Task UTF_16_with_its_mark_is_read_and_bytes_that_are_no_text_are_not()
    {
        Write(Now);
        var text = await File.ReadAllTextAsync(At("history.csv"));
        await File.WriteAllTextAsync(At("history.csv"), text, Encoding.Unicode);
        (await ReadAsync()).ShouldBeOfType<HistoryOutcome.Read>();
        await File.WriteAllBytesAsync(At("history.csv"), [.. Encoding.UTF8.GetBytes(text), 0xC3, 0x28]);
        (await ReadAsync()).ShouldBeOfType<HistoryOutcome.NotRead>().Reason.ShouldContain("is not UTF-8");
    }

    [Fact]
    public async Task A_file_whose_last_line_is_not_written_yet_is_not_read()
    {
        Write(Now);
        (await ReadAsync()).ShouldBeOfType<HistoryOutcome.Read>();
        await File.WriteAllLinesAsync(At("history.csv"), (await File.ReadAllLinesAsync(At("history.csv"))).SkipLast(1));
        (await ReadAsync()).ShouldBeOfType<HistoryOutcome.NotRead>().Reason.ShouldContain("It has 1 of 2 rows");
    }

    [Theory]
    [InlineData("backup,one", "has 2 fields where the first line names 29.")]
    [InlineData("back\"up,", "has quotes in the middle of a field")]
    public async Task A_line_that_cannot_be_taken_apart_leaves_the_whole_unread(string line, string told)
    {
        Write(Now);
        await File.AppendAllTextAsync(At("history.csv"), line + "\n");
        (await ReadAsync()).ShouldBeOfType<HistoryOutcome.NotRead>().Reason.ShouldContain(told);
    }

    private protected override IBackupHistory Open(HistoryExport export, TimeZoneInfo? zone, TimeProvider time)
    {
        export.Write(At("history.csv"));
        return new ExportedHistory(new BackupHistoryOptions { Export = "history.csv" }, At(""), zone, time);
    }

    private void Write(DateTimeOffset exportedAt)
    {
        var export = new HistoryExport("S", exportedAt);
        export.Backup(SyntheticBackup.Usual);
        export.Write(At("history.csv"));
    }

    private Task<HistoryOutcome> ReadAsync() =>
        new ExportedHistory(new BackupHistoryOptions { Export = "history.csv" }, At(""), null, new SetClock(Now)).ReadAsync(CancellationToken.None);
}
