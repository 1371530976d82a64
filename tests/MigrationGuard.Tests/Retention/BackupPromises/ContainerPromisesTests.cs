using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Tests.Retention.Inventory;
using MigrationGuard.Tests.Verification;

namespace MigrationGuard.Tests.Retention.BackupPromises;

/// <summary><c>backups verify</c> over a container: what only an account has, each kept and, in both directions, broken.</summary>
public sealed class ContainerPromisesTests : IAsyncDisposable
{
    private const int PolicyDays = 6;

    private readonly BackupFolder _folder = new(days: 1);

    private readonly FakeBlobService _service = new() { SoftDeleteDays = 7 };

    public ContainerPromisesTests()
    {
        _service.Blobs = [.. Directory.GetFiles(_folder.Working.At("backups")).Order(StringComparer.Ordinal).Select((file, number) => Blob(file, number))];
        var backups = _folder.Options.Backups;
        backups.Stores.Clear();
        backups.Stores["cloud"] = new ContentStoreOptions { Container = _service.ContainerAddress, Credential = StorageCredential.Anonymous };
        backups.Databases["registration"].Stores = ["cloud"];
        backups.Promises = new()
        {
            ["log-every-hour"] = new() { Kind = BackupPromiseKind.LogEvery, Hours = 1, ToleranceMinutes = 15 },
            ["kept-6-days"] = new() { Kind = BackupPromiseKind.KeptNoLonger, Days = 6, RestorableDays = 1, ToleranceMinutes = 120 },
            ["genuine"] = new() { Kind = BackupPromiseKind.Genuine },
            ["not-archived"] = new() { Kind = BackupPromiseKind.NotArchived },
            ["soft-delete"] = new() { Kind = BackupPromiseKind.SoftDelete, AtLeastDays = 7, AtMostDays = 14 },
            ["immutable"] = new() { Kind = BackupPromiseKind.Immutable, AtLeastDays = 5, AtMostDays = PolicyDays },
            ["private"] = new() { Kind = BackupPromiseKind.NoPublicAccess },
            ["redundant"] = new() { Kind = BackupPromiseKind.Redundancy, Allowed = ["StandardZrs", "StandardGzrs"] },
            ["encrypted"] = new() { Kind = BackupPromiseKind.Encrypted },
        };
    }

    [Fact]
    public async Task A_container_that_is_as_promised_is_GO_and_what_no_listing_shows_is_said()
    {
        var run = await _folder.VerifyAsync(ExitCode.Done);
        run.Results.ShouldAllBe(result => result.Outcome is CheckOutcome.Match);
        BackupFolder.Result(run, "kept-6-days", "cloud").Notes.ShouldContain("cloud: not visible from here: recovery points that Azure Backup keeps in a vault of its own. What would show it: az backup recoverypoint list.");
        BackupFolder.Result(run, "redundant", "cloud").Notes.ShouldHaveSingleItem().ShouldContain("the region of the storage account");
        BackupFolder.Result(run, "encrypted", "cloud").Notes.ShouldHaveSingleItem().ShouldContain("with whose key");
    }

    [Fact]
    public async Task A_header_is_read_once_while_its_ETag_stays_the_same_and_again_when_it_is_asked_for()
    {
        await _folder.VerifyAsync(ExitCode.Done);
        var read = _service.Count(BlobOperation.GetBlob);
        BackupFolder.Result(await _folder.VerifyAsync(ExitCode.Done), "genuine", "cloud").Notes.ShouldContain(note => note.StartsWith("25 headers were read by earlier runs", StringComparison.Ordinal));
        _service.Count(BlobOperation.GetBlob).ShouldBe(read);
        Change(blob => blob with { ETag = "0xNEW" });
        await _folder.VerifyAsync(ExitCode.Done);
        _service.Count(BlobOperation.GetBlob).ShouldBeGreaterThan(read);
        var again = _service.Count(BlobOperation.GetBlob);
        (await _folder.RunAsync("backups", "list", "--read-all")).ShouldExitWith(ExitCode.Done);
        (_service.Count(BlobOperation.GetBlob) - again).ShouldBeGreaterThanOrEqualTo(25);
    }

    public static TheoryData<string, string, string, string> Breaches => new()
    {
        { "soft delete is off", "soft-delete", KeepingFindings.KeptTooShort, "Deleted blobs can be brought back for 0 days; at least 7 were promised." },
        { "soft delete lasts a month", "soft-delete", KeepingFindings.KeptTooLong, "Deleted blobs can be brought back for 30 days; at most 14 were promised." },
        { "anybody may read", "private", KeepingFindings.SettingDiffers, "public access is Blob" },
        { "one copy in one building", "redundant", KeepingFindings.SettingDiffers, "The account is StandardLrs; allowed is StandardZrs or StandardGzrs." },
        { "a blob is not encrypted", "encrypted", KeepingFindings.SettingDiffers, "is not encrypted by the service" },
        { "a blob is archived", "not-archived", KeepingFindings.NotRestorable, "is in the archive" },
        { "a lock is too short", "immutable", KeepingFindings.KeptTooShort, "is locked for 2 days from when it was written; at least 5 were promised." },
        { "a lock is too long", "immutable", KeepingFindings.KeptTooLong, "is locked for 400 days from when it was written; at most 6 were promised." },
        { "a lock can be changed", "immutable", KeepingFindings.SettingDiffers, "1 copy is kept by a policy that is not locked" },
        { "a blob has no lock", "immutable", KeepingFindings.KeptTooShort, "1 copy can be changed and deleted at any time" },
        { "a blob is under a legal hold", "immutable", KeepingFindings.KeptTooLong, "is under a legal hold" },
        { "the container is under a legal hold", "immutable", KeepingFindings.KeptTooLong, "The container is under a legal hold" },
        { "an old version is kept", "kept-6-days", KeepingFindings.KeptTooLong, "(version 2026-02-01T00:00:00.0000000Z)" },
        { "an old snapshot is kept", "kept-6-days", KeepingFindings.KeptTooLong, "(snapshot 2026-02-01T00:00:00.0000000Z)" },
        { "an old blob was deleted and can be brought back", "kept-6-days", KeepingFindings.KeptTooLong, "It was deleted, and can be brought back for 3 more days." },
    };

    [Theory, MemberData(nameof(Breaches))]
    public async Task A_container_that_is_not_as_promised_is_NO_GO_for_that_promise_alone(string breach, string promise, string kind, string told)
    {
        Break(breach);
        var run = await _folder.VerifyAsync(ExitCode.NoGo);
        var broken = run.Results.Where(result => result.Outcome is not CheckOutcome.Match).ToList();
        broken.Select(result => result.Check).Distinct().ShouldBe(["backup:" + promise]);
        broken.SelectMany(result => result.ShouldMismatch()).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            finding => finding.Kind.ShouldBe(kind),
            finding => finding.Detail.ShouldNotBeNull().ShouldContain(told));
    }

    [Fact]
    public async Task How_long_a_policy_of_the_container_is_cannot_be_seen_and_is_not_assumed()
    {
        _service.HasImmutabilityPolicy = true;
        var run = await _folder.VerifyAsync(ExitCode.Incomplete);
        BackupFolder.Result(run, "immutable", "cloud").ShouldNotBeChecked().ShouldContain("not visible from here. What would show them: az storage container immutability-policy show.");
    }

    [Fact]
    public async Task An_empty_container_keeps_no_promise_about_what_lies_in_it()
    {
        _service.Blobs = [];
        var run = await _folder.VerifyAsync(ExitCode.NoGo);
        run.Results.Where(result => result.Outcome is CheckOutcome.Match).Select(result => result.Check).Distinct().Order(StringComparer.Ordinal).ShouldBe(["backup:private", "backup:redundant", "backup:soft-delete"]);
    }

    [Fact]
    public async Task Where_versions_and_policies_are_not_listed_what_they_would_break_is_not_checked()
    {
        _service.Fault = call => call.Include.Contains("versions") ? new BlobFault(403, "AuthorizationPermissionMismatch") : null;
        var run = await _folder.VerifyAsync(ExitCode.Incomplete);
        run.Results.Where(result => result.Outcome is CheckOutcome.NotChecked).Select(result => result.Check).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(["backup:immutable", "backup:kept-6-days"]);
        BackupFolder.Result(run, "kept-6-days").ShouldNotBeChecked().ShouldContain("the service refused to list them");
    }

    [Fact]
    public async Task What_the_credential_is_not_told_is_not_checked_and_says_who_is_told()
    {
        _service.Fault = call => call.Operation is BlobOperation.GetServiceProperties or BlobOperation.GetAccountInfo ? new BlobFault(403, "AuthorizationPermissionMismatch") : null;
        var run = await _folder.VerifyAsync(ExitCode.Incomplete);
        run.Results.Where(result => result.Outcome is CheckOutcome.NotChecked).Select(result => result.Check).Order(StringComparer.Ordinal).ShouldBe(["backup:redundant", "backup:soft-delete"]);
        BackupFolder.Result(run, "redundant", "cloud").ShouldNotBeChecked().ShouldContain("What would show it: ");
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _service.DisposeAsync();
    }

    private void Break(string breach)
    {
        switch (breach)
        {
            case "soft delete is off": _service.SoftDeleteDays = null; break;
            case "soft delete lasts a month": _service.SoftDeleteDays = 30; break;
            case "anybody may read": _service.PublicAccess = "blob"; break;
            case "one copy in one building": _service.Sku = "Standard_LRS"; break;
            case "the container is under a legal hold": _service.HasLegalHold = true; break;
            case "a blob is not encrypted": Change(blob => blob with { IsEncrypted = false }); break;
            // One that the chain does without: of a database that nobody named.
            case "a blob is archived": Add(Old(days: 1) with { Tier = "Archive" }); break;
            case "a lock is too short": Change(blob => blob with { ImmutableUntil = blob.Created.AddDays(2) }); break;
            case "a lock is too long": Change(blob => blob with { ImmutableUntil = blob.Created.AddDays(400) }); break;
            case "a lock can be changed": Change(blob => blob with { ImmutabilityMode = "Unlocked" }); break;
            case "a blob has no lock": Change(blob => blob with { ImmutableUntil = null, ImmutabilityMode = null }); break;
            case "a blob is under a legal hold": Change(blob => blob with { HasLegalHold = true }); break;
            case "an old version is kept": Add(Old(days: 20) with { VersionId = "2026-02-01T00:00:00.0000000Z", IsCurrentVersion = false }); break;
            case "an old snapshot is kept": Add(Old(days: 20) with { Snapshot = "2026-02-01T00:00:00.0000000Z" }); break;
            case "an old blob was deleted and can be brought back": Add(Old(days: 20) with { Deleted = BackupFolder.At(-96), RemainingDays = 3 }); break;
            default: throw new ArgumentOutOfRangeException(nameof(breach), breach, "Nobody knows how to break that.");
        }
    }

    private void Change(Func<FakeBlob, FakeBlob> change) => _service.Blobs = [change(_service.Blobs[0]), .. _service.Blobs.Skip(1)];

    private void Add(FakeBlob blob) => _service.Blobs = [.. _service.Blobs, blob];

    /// <summary>A text that lies beside the back-ups.</summary>
    private static FakeBlob Old(int days) => Locked(new FakeBlob("notes.txt", [1, 2, 3]) { Created = BackupFolder.At(-24 * days), Modified = BackupFolder.At(-24 * days) });

    private static FakeBlob Blob(string file, int number)
    {
        DateTimeOffset written = File.GetLastWriteTimeUtc(file);
        return Locked(new FakeBlob(Path.GetFileName(file), File.ReadAllBytes(file)) { Created = written, Modified = written, ETag = FormattableString.Invariant($"0x{number:X}") });
    }

    private static FakeBlob Locked(FakeBlob blob) => blob with { ImmutableUntil = blob.Created.AddDays(PolicyDays), ImmutabilityMode = "Locked" };
}
