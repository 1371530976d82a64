using Azure.Storage.Blobs;
using MigrationGuard.Anchors;
using MigrationGuard.Ledger.Checkpoints;
using MigrationGuard.Tests.Ledger.Checkpoints;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Anchors;

/// <summary>What every place for checkpoints does alike; once against a folder, once against Azure Storage's emulator.</summary>
public abstract class AnchorConformance
{
    private static readonly Checkpoint Sample = new("migrationguard/0123456789abcdef", 4711, new string('5', 64));

    /// <summary>A place that is empty, and puts there what no anchor wrote.</summary>
    private protected abstract Task<(ICheckpointAnchor Anchor, Func<string, string, Task> Put)> CreateAsync();

    /// <summary>A place that is not there.</summary>
    private protected abstract Task<ICheckpointAnchor> CreateMissingAsync();

    [SkippableFact]
    public async Task A_checkpoint_that_was_kept_is_listed_and_read_back()
    {
        var (anchor, _) = await CreateAsync();
        (await anchor.ListAsync(CancellationToken.None)).ShouldBeEmpty();
        using var signer = TestSigner.Curve();
        var checkpoint = SignedCheckpoint.Sign(Sample, signer);
        await anchor.KeepAsync(checkpoint, CancellationToken.None);
        var name = (await anchor.ListAsync(CancellationToken.None)).ShouldHaveSingleItem();
        name.ShouldBe("checkpoint-0000000000000004711-5555555555555555.txt");
        (await anchor.ReadAsync(name, CancellationToken.None)).ShouldBe(checkpoint.Text);
        // A container's clock is another machine's.
        (await anchor.KeptAtAsync(name, CancellationToken.None)).ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(10));
        await Should.ThrowAsync<AnchorException>(() => anchor.KeptAtAsync("checkpoint-missing.txt", CancellationToken.None));
    }

    [SkippableFact]
    public async Task What_is_there_is_never_written_over()
    {
        var (anchor, put) = await CreateAsync();
        (await anchor.WriteAsync("checkpoint-a.txt", "first", CancellationToken.None)).ShouldBeTrue();
        (await anchor.WriteAsync("checkpoint-a.txt", "second", CancellationToken.None)).ShouldBeFalse();
        (await anchor.ReadAsync("checkpoint-a.txt", CancellationToken.None)).ShouldBe("first");

        using var signer = TestSigner.Curve();
        await anchor.KeepAsync(SignedCheckpoint.Sign(Sample, signer), CancellationToken.None);
        // Signed anew, and so another text; what it says is the same.
        await anchor.KeepAsync(SignedCheckpoint.Sign(Sample, signer), CancellationToken.None);
        var other = Sample with { Size = 4712 };
        await put(CheckpointName.Of(other).ToString(), "something else");
        (await Should.ThrowAsync<AnchorException>(() => anchor.KeepAsync(SignedCheckpoint.Sign(other, signer), CancellationToken.None))).Message.ShouldContain("holds something else");
    }

    [SkippableFact]
    public async Task What_is_empty_or_endless_is_read_as_far_as_a_checkpoint_can_be_long()
    {
        var (anchor, put) = await CreateAsync();
        await put("checkpoint-empty.txt", "");
        await put("checkpoint-endless.txt", new string('x', 1_000_000));
        (await anchor.ReadAsync("checkpoint-empty.txt", CancellationToken.None)).ShouldBe("");
        (await anchor.ReadAsync("checkpoint-endless.txt", CancellationToken.None)).Length.ShouldBe(64 * 1024);
    }

    [SkippableFact]
    public async Task The_newest_that_is_signed_counts_and_what_is_wrong_with_newer_ones_is_told()
    {
        var (anchor, put) = await CreateAsync();
        using var signer = TestSigner.Curve();
        using var stranger = TestSigner.Curve();
        using var signers = new CheckpointSigners(signer, []);
        await anchor.KeepAsync(SignedCheckpoint.Sign(Sample with { Size = 7 }, signer), CancellationToken.None);
        await anchor.KeepAsync(SignedCheckpoint.Sign(Sample with { Size = 30 }, signer), CancellationToken.None);
        await put("checkpoint-notes.txt", "Nobody's business.");
        (await AnchorReading.OfAsync(anchor, signers, CancellationToken.None)).ShouldSatisfyAllConditions(
            reading => reading.Newest!.Checkpoint.Size.ShouldBe(30), reading => reading.Findings.ShouldBeEmpty());

        await anchor.KeepAsync(SignedCheckpoint.Sign(Sample with { Size = 40 }, stranger), CancellationToken.None);
        await put(CheckpointName.Of(Sample with { Size = 50 }).ToString(), "garbage");
        await put(CheckpointName.Of(Sample with { Size = 60 }).ToString(), SignedCheckpoint.Sign(Sample with { Size = 61 }, signer).Text);
        var found = await AnchorReading.OfAsync(anchor, signers, CancellationToken.None);
        found.Newest!.Checkpoint.Size.ShouldBe(30);
        found.Findings.Select(finding => finding.Problem).ShouldSatisfyAllConditions(
            problems => problems.Count().ShouldBe(3),
            problems => problems.ElementAt(0).ShouldContain("another checkpoint than its name says"),
            problems => problems.ElementAt(1).ShouldContain("is no checkpoint"),
            problems => problems.ElementAt(2).ShouldContain("not signed by a signer known here"));
        found.Findings.ShouldAllBe(finding => !finding.IsOfChain);
        found.Findings.Select(finding => finding.Id).Distinct().Count().ShouldBe(3);

        using var strangersToo = new CheckpointSigners(signer, [stranger]);
        (await AnchorReading.OfAsync(anchor, strangersToo, CancellationToken.None)).Newest!.Checkpoint.Size.ShouldBe(40);
    }

    [SkippableFact]
    public async Task A_place_that_is_not_there_is_an_error_with_a_remedy_and_is_not_made()
    {
        var anchor = await CreateMissingAsync();
        var listing = await Should.ThrowAsync<AnchorException>(() => anchor.ListAsync(CancellationToken.None));
        listing.Message.ShouldStartWith(anchor.Place + ": cannot be listed");
        listing.Message.ShouldContain("Checkpoints:");
        await Should.ThrowAsync<AnchorException>(() => anchor.ReadAsync("checkpoint-a.txt", CancellationToken.None));
        await Should.ThrowAsync<AnchorException>(() => anchor.WriteAsync("checkpoint-a.txt", "text", CancellationToken.None));
        await Should.ThrowAsync<AnchorException>(() => anchor.ListAsync(CancellationToken.None));
    }
}

public sealed class DirectoryAnchorTests : AnchorConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override Task<(ICheckpointAnchor Anchor, Func<string, string, Task> Put)> CreateAsync() =>
        Task.FromResult<(ICheckpointAnchor, Func<string, string, Task>)>((new DirectoryAnchor(_folder.Path), (name, text) => File.WriteAllTextAsync(_folder.At(name), text)));

    private protected override Task<ICheckpointAnchor> CreateMissingAsync() => Task.FromResult<ICheckpointAnchor>(new DirectoryAnchor(_folder.At("unmounted")));

    [Fact]
    public async Task A_file_that_was_never_finished_is_no_checkpoint()
    {
        var anchor = new DirectoryAnchor(_folder.Path);
        await File.WriteAllTextAsync(_folder.At("checkpoint-0000000000000004711-5555555555555555.txt.abc.unfinished"), "torn");
        (await anchor.ListAsync(CancellationToken.None)).ShouldBeEmpty();
    }
}

public sealed class BlobAnchorTests : AnchorConformance
{
    private const string Variable = "MIGRATIONGUARD_TEST_AZURITE";

    private protected override async Task<(ICheckpointAnchor Anchor, Func<string, string, Task> Put)> CreateAsync()
    {
        var options = Options();
        var container = new BlobContainerClient(options.BlobConnectionString, options.BlobContainer);
        await container.CreateAsync();
        return (BlobAnchor.Open(options), (name, text) => container.GetBlobClient(name).UploadAsync(new BinaryData(text), overwrite: true));
    }

    private protected override Task<ICheckpointAnchor> CreateMissingAsync() => Task.FromResult<ICheckpointAnchor>(BlobAnchor.Open(Options()));

    [SkippableFact]
    public async Task A_server_that_is_down_is_an_error_without_the_key()
    {
        var options = Options();
        options.BlobConnectionString = "DefaultEndpointsProtocol=http;AccountName=tests;AccountKey=c2VjcmV0LWNhbmFyeQ==;BlobEndpoint=http://127.0.0.1:1/tests;";
        var error = await Should.ThrowAsync<AnchorException>(() => BlobAnchor.Open(options).ListAsync(CancellationToken.None));
        error.Message.ShouldContain("no connection");
        error.ToString().ShouldNotContain("c2VjcmV0LWNhbmFyeQ");
    }

    [Fact]
    public void A_connection_string_that_is_none_is_an_error_without_it() =>
        Should.Throw<AnchorException>(() => BlobAnchor.Open(new CheckpointOptions { BlobContainer = "checkpoints", BlobCredential = BlobCredential.ConnectionString, BlobConnectionString = "canary" }))
            .Message.ShouldNotContain("canary");

    private static CheckpointOptions Options()
    {
        var server = ServerAvailability.Decide(
            "azurite", Variable, "Let tests/run.sh start one", Environment.GetEnvironmentVariable(Variable), Environment.GetEnvironmentVariable(ServerAvailability.RequireVariable)).Demand();
        return new CheckpointOptions { BlobCredential = BlobCredential.ConnectionString, BlobConnectionString = server, BlobContainer = "mgtest-" + System.Security.Cryptography.RandomNumberGenerator.GetHexString(16, lowercase: true) };
    }
}
