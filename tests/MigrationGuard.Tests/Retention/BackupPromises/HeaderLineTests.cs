using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Tests.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.BackupPromises;

/// <summary>A header kept as a line comes back as it was, or is not kept.</summary>
public sealed class HeaderLineTests
{
    [Fact]
    public void Whatever_is_kept_comes_back_as_it_was() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(HeaderRoundTripTests.Headers.ToArbitrary(), header =>
    {
        var line = HeaderLine.Of(new BackupHeaderOutcome.Read(header)).ShouldNotBeNull();
        var back = HeaderLine.Read(line).ShouldBeOfType<BackupHeaderOutcome.Read>().Header;
        back.ShouldBe(header);
        // Equal moments may be of different zones.
        (back.Started.Offset, back.Finished?.Offset).ShouldBe((header.Started.Offset, header.Finished?.Offset));
    }));

    [Fact]
    public void Every_fact_of_a_header_is_in_its_line()
    {
        var usual = SyntheticBackup.Usual;
        BackupHeader[] others =
        [
            usual with { Server = "S" }, usual with { Machine = "M" }, usual with { Database = "D" }, usual with { Kind = BackupKind.Differential }, usual with { IsCopyOnly = !usual.IsCopyOnly },
            usual with { IsCompressed = !usual.IsCompressed }, usual with { HasMediaPassword = !usual.HasMediaPassword }, usual with { BlockSize = 65_536 }, usual with { Started = usual.Started.AddSeconds(1) },
            usual with { Finished = null }, usual with { IsZoneKnown = !usual.IsZoneKnown }, usual with { DatabaseCreated = usual.DatabaseCreated.AddSeconds(1) }, usual with { FirstLsn = new(1, 2, 3) },
            usual with { LastLsn = new(1, 2, 3) }, usual with { CheckpointLsn = new(1, 2, 3) }, usual with { DatabaseBackupLsn = new(1, 2, 3) }, usual with { MediaSetId = new Guid(7, 0, 0, new byte[8]) },
            usual with { FamilyCount = 9 }, usual with { FamilyNumber = 9 }, usual with { BackupSetId = new Guid(7, 0, 0, new byte[8]) }, usual with { BindingId = new Guid(7, 0, 0, new byte[8]) },
            usual with { Position = 9 }, usual with { HoldsMoreBackups = !usual.HoldsMoreBackups }, usual with { SetName = "N" }, usual with { SoftwareVersion = "V" }, usual with { Size = 77 },
        ];
        // One for each: a fact added to headers has to be added to lines, and here.
        others.Length.ShouldBe(typeof(BackupHeader).GetProperties().Count(property => property.CanWrite));
        others.Select(header => HeaderLine.Of(new BackupHeaderOutcome.Read(header))).Append(HeaderLine.Of(new BackupHeaderOutcome.Read(usual))).Distinct().Count().ShouldBe(others.Length + 1);
    }

    [Theory]
    [InlineData('\u001F')]
    [InlineData('\0')]
    [InlineData('\uD83D')]
    [InlineData('\uDE42')]
    public void What_a_line_would_not_give_back_as_it_was_is_not_kept(char mark)
    {
        foreach (var name in new[] { $"{mark}", $"a{mark}", $"{mark}b", $"a{mark}b", $"🙂{mark}" })
            HeaderLine.Of(new BackupHeaderOutcome.Read(SyntheticBackup.Usual with { Database = name })).ShouldBeNull();
    }

    [Fact]
    public void What_failed_for_good_is_kept_and_what_may_still_be_written_is_not()
    {
        foreach (var outcome in new BackupHeaderOutcome[] { new BackupHeaderOutcome.Damaged("“é” 🙂"), new BackupHeaderOutcome.Damaged("It is torn.") { Header = SyntheticBackup.Usual }, new BackupHeaderOutcome.Unreadable(""), new BackupHeaderOutcome.NotABackup("It is text.") })
            HeaderLine.Read(HeaderLine.Of(outcome)!).ShouldBe(outcome);
        HeaderLine.Of(new BackupHeaderOutcome.Truncated(SyntheticBackup.Usual, "It ends early.")).ShouldBeNull();
    }

    [Fact]
    public void A_line_that_was_cut_or_written_by_something_else_is_not_known()
    {
        var line = HeaderLine.Of(new BackupHeaderOutcome.Read(SyntheticBackup.Usual))!;
        // The last field is a number, which remains one when its end is cut.
        for (var end = 0; end <= line.LastIndexOf('\u001F'); end++)
            HeaderLine.Read(line[..end]).ShouldBeNull();
        HeaderLine.Read("00000000" + line[8..]).ShouldBeNull();
        HeaderLine.Read("""{"is":"read"}""").ShouldBeNull();
    }
}
