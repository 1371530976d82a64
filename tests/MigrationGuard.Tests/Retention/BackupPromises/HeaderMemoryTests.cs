using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Tests.Retention.BackupPromises;

public sealed class HeaderMemoryTests
{
    private static readonly BackupHeaderOutcome Outcome = new BackupHeaderOutcome.NotABackup("It is a text.");

    private static readonly StoredCopy Copy = new()
    {
        Store = "vault",
        Name = "a.bak",
        Length = 10,
        Modified = DateTimeOffset.UnixEpoch,
        ETag = "0x1",
        VersionId = "v",
        Snapshot = "s",
    };

    [Fact]
    public void What_was_kept_is_found_by_the_next_reading_and_by_it_alone()
    {
        var memory = HeaderMemory.Empty();
        memory.Keep(Copy, Outcome);
        memory.Find(Copy).ShouldBeNull();
        new HeaderMemory(memory.New).Find(Copy).ShouldBe(Outcome);
    }

    [Fact]
    public void Anything_that_tells_one_content_from_another_tells_what_is_known_of_it()
    {
        var known = new HeaderMemory(new Dictionary<string, BackupHeaderOutcome> { [HeaderMemory.KeyOf(Copy)] = Outcome });
        StoredCopy[] others =
        [
            Copy with { Store = "other" }, Copy with { Name = "b.bak" }, Copy with { Length = 11 }, Copy with { ETag = "0x2" },
            Copy with { VersionId = null }, Copy with { Snapshot = null }, Copy with { VersionId = "s", Snapshot = "v" },
        ];
        others.ShouldAllBe(other => known.Find(other) == null);
        known.Unseen.ShouldHaveSingleItem();
        known.Find(Copy with { Tier = "Cool", Modified = DateTimeOffset.MaxValue, State = CopyState.Version }).ShouldBe(Outcome);
        known.Unseen.ShouldBeEmpty();
    }

    [Fact]
    public void What_lacks_its_end_is_not_kept()
    {
        var memory = HeaderMemory.Empty();
        memory.Keep(Copy, new BackupHeaderOutcome.Truncated(null, "It ends early."));
        memory.New.ShouldBeEmpty();
    }

    [Fact]
    public void What_has_no_etag_is_neither_kept_nor_found()
    {
        var memory = HeaderMemory.Empty();
        var nameless = Copy with { ETag = "" };
        memory.Keep(nameless, Outcome);
        memory.New.ShouldBeEmpty();
        new HeaderMemory(new Dictionary<string, BackupHeaderOutcome> { [HeaderMemory.KeyOf(nameless)] = Outcome }).Find(nameless).ShouldBeNull();
    }
}
