using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Tests.Retention.Inventory;

/// <summary>Each way in which a container does not give what it holds: never an empty listing, never a secret in what is said.</summary>
public sealed class BlobBadInputTests : IAsyncLifetime
{
    private const int Tries = 6;

    private readonly FakeBlobPlace _place = new();

    private FakeBlobService Service => _place.Service;

    public Task InitializeAsync()
    {
        Service.PageSize = 2;
        Service.Blobs = [.. Enumerable.Range(0, 5).Select(number => new FakeBlob($"log/{number}.trn", new byte[3000]))];
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task An_expired_signature_is_said_to_have_expired_and_by_whose_clock()
    {
        Service.Fault = _ => BlobFault.ExpiredSignature;
        Service.Clock = new DateTimeOffset(2025, 3, 9, 22, 45, 0, TimeSpan.Zero);
        var error = await RefusedAsync();
        error.Problem.ShouldBe("cannot be listed: the shared access signature has expired, or is not valid yet (the service's clock said 2025-03-09 22:45:00 UTC).");
        error.Remedy.ShouldStartWith("Make a new one");
    }

    [Fact]
    public async Task An_expired_signature_of_a_service_that_does_not_say_so_is_refused_with_every_reason_there_may_be()
    {
        Service.Fault = _ => new BlobFault(403, "AuthorizationFailure");
        var error = await RefusedAsync();
        error.Problem.ShouldBe("cannot be listed: the service refuses the credential (AuthorizationFailure).");
        error.Remedy.ShouldSatisfyAllConditions(remedy => remedy.ShouldContain("expired"), remedy => remedy.ShouldContain("clock"), remedy => remedy.ShouldContain("firewall"));
    }

    [Fact]
    public async Task A_signature_that_expires_midway_ends_the_listing_with_an_error()
    {
        Service.Fault = call => call.IsLaterPage ? BlobFault.ExpiredSignature : null;
        (await BrokenOffAsync(copies: 2)).Problem.ShouldStartWith("cannot be listed to its end: the shared access signature has expired");
    }

    [Fact]
    public async Task A_credential_without_the_permission_to_list_is_told_which_it_needs()
    {
        Service.Fault = call => call.Operation == BlobOperation.ListBlobs ? new BlobFault(403, "AuthorizationPermissionMismatch") : null;
        var error = await RefusedAsync();
        error.Problem.ShouldBe("cannot be listed: the credential does not allow it (AuthorizationPermissionMismatch).");
        error.Remedy.ShouldBe("Give it Storage Blob Data Reader, or a signature with the permissions read and list.");
    }

    [Theory]
    [InlineData("ContainerNotFound", 404, "does not exist.")]
    [InlineData("ContainerBeingDeleted", 409, "is being deleted.")]
    public async Task A_container_that_is_not_there_is_an_error(string code, int status, string problem)
    {
        Service.Fault = _ => new BlobFault(status, code);
        var error = await RefusedAsync();
        error.Message.ShouldBe($"Store vault, container {Service.ContainerAddress}, {problem} {error.Remedy}");
        Service.Count(BlobOperation.ListBlobs).ShouldBe(1);
    }

    [Fact]
    public async Task A_container_that_shows_itself_to_nobody_is_an_error_to_whoever_comes_without_a_credential()
    {
        Service.Fault = _ => new BlobFault(404, "ResourceNotFound");
        (await RefusedAsync()).Remedy.ShouldContain("Anonymous");
    }

    [Theory]
    [InlineData(429, "TooManyRequests")]
    [InlineData(503, "ServerBusy")]
    [InlineData(500, "OperationTimedOut")]
    public async Task A_service_that_throttles_for_a_while_is_waited_for(int status, string code)
    {
        Service.Fault = call => call.Time is 1 or 3 or 4 ? new BlobFault(status, code) { RetryAfter = "0" } : null;
        (await _place.Open().CopiesAsync()).Count.ShouldBe(5);
        Service.Count(BlobOperation.ListBlobs).ShouldBe(6);
    }

    [Theory]
    [InlineData(429, "TooManyRequests")]
    [InlineData(503, "ServerBusy")]
    public async Task A_service_that_throttles_on_and_on_is_an_error(int status, string code)
    {
        Service.Fault = _ => new BlobFault(status, code) { RetryAfter = "0" };
        var error = await RefusedAsync();
        error.Problem.ShouldBe($"cannot be listed: the service is too busy and stayed so ({code}).");
        error.IsOutage.ShouldBeTrue();
        Service.Count(BlobOperation.ListBlobs).ShouldBe(Tries);
    }

    [Fact]
    public async Task A_service_that_wants_to_be_left_alone_for_a_day_is_not_waited_for()
    {
        Service.Fault = call => call.IsLaterPage ? new BlobFault(503, "ServerBusy") { RetryAfter = "86400" } : null;
        (await BrokenOffAsync(copies: 2)).Problem.ShouldContain("too busy");
        Service.Count(BlobOperation.ListBlobs).ShouldBe(2);
    }

    [Fact]
    public async Task A_connection_that_drops_once_in_the_middle_of_a_page_costs_no_blob_and_doubles_none()
    {
        Service.Fault = call => call.Time == 2 ? BlobFault.Cut(400) : null;
        (await _place.Open().CopiesAsync()).Select(copy => copy.Name).ShouldBe(Service.Blobs.Select(blob => blob.Name));
        Service.Count(BlobOperation.ListBlobs).ShouldBe(4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(400)]
    public async Task A_connection_that_drops_in_the_middle_of_a_page_again_and_again_ends_the_listing_with_an_error(int after)
    {
        Service.Fault = call => call.IsLaterPage ? BlobFault.Cut(after) : null;
        var error = await BrokenOffAsync(copies: 2);
        error.Problem.ShouldBe("cannot be listed to its end: the service cannot be reached, or the connection broke off again and again.");
        error.IsOutage.ShouldBeTrue();
    }

    [Fact]
    public async Task A_page_whose_cut_is_hidden_ends_the_listing_with_an_error()
    {
        Service.Fault = call => call.IsLaterPage ? BlobFault.Cut(400) with { HidesTheCut = true } : null;
        (await BrokenOffAsync(copies: 2)).Problem.ShouldBe("cannot be listed to its end: the answer broke off, or is none of Azure Storage.");
    }

    [Fact]
    public async Task A_service_that_says_nothing_is_given_up_on()
    {
        Service.Fault = _ => new BlobFault(200) { IsSilent = true };
        var error = await RefusedAsync(FakeBlobPlace.Impatient with { Retries = 1, TryTimeout = TimeSpan.FromMilliseconds(200) });
        error.Problem.ShouldStartWith("cannot be listed: the service cannot be reached");
        error.IsOutage.ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_listening_is_an_error()
    {
        await Service.DisposeAsync();
        (await RefusedAsync()).Problem.ShouldStartWith("cannot be listed: the service cannot be reached");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_page_of_a_proxy_is_no_listing_and_says_nothing_of_a_blob(int status)
    {
        var store = _place.Open();
        var copy = (await store.CopiesAsync())[0];
        Service.Fault = _ => new BlobFault(status) { Foreign = "<html>Sign in to the network.</html>" };
        (await RefusedAsync()).Problem.ShouldStartWith("cannot be listed: something else than Azure Storage answers");
        (await Should.ThrowAsync<StoreAccessException>(() => store.ReadAsync(copy))).Problem.ShouldStartWith($"cannot give {copy.Name}: something else");
    }

    [Fact]
    public async Task A_blob_that_vanishes_between_two_ranges_is_gone_and_the_others_are_read()
    {
        var store = _place.Open();
        var copies = await store.CopiesAsync();
        await _place.DeleteAsync("log/0.trn");
        (await Should.ThrowAsync<ContentChangedException>(() => store.ReadAsync(copies[0]))).IsGone.ShouldBeTrue();
        (await store.ReadAsync(copies[1])).Length.ShouldBe(3000);
    }

    [Fact]
    public async Task A_container_that_vanishes_between_list_and_read_takes_no_blob_for_gone()
    {
        var store = _place.Open();
        var copy = (await store.CopiesAsync())[0];
        Service.Fault = _ => new BlobFault(404, "ContainerNotFound");
        (await Should.ThrowAsync<StoreAccessException>(() => store.ReadAsync(copy))).Problem.ShouldBe("does not exist.");
    }

    [Fact]
    public async Task A_range_that_breaks_off_again_and_again_is_an_error()
    {
        var store = _place.Open();
        var copy = (await store.CopiesAsync())[0];
        Service.Fault = _ => BlobFault.Cut(10);
        (await Should.ThrowAsync<StoreAccessException>(() => store.ReadAsync(copy))).Problem.ShouldBe("cannot give log/0.trn: the service cannot be reached, or the connection broke off again and again.");
    }

    [Fact]
    public async Task A_request_that_is_refused_for_the_clock_says_that_the_clock_is_wrong()
    {
        Service.Fault = _ => BlobFault.SkewedClock;
        Service.Clock = new DateTimeOffset(2025, 3, 9, 22, 45, 0, TimeSpan.Zero);
        (await RefusedAsync()).Problem.ShouldBe("cannot be listed: this machine's clock is wrong (the service's clock said 2025-03-09 22:45:00 UTC).");
    }

    [Fact]
    public async Task A_service_whose_clock_is_years_ahead_is_listed_with_its_own_times()
    {
        var ahead = new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Service.Clock = ahead;
        Service.Blobs = [new("a.bak", [1]) { Created = ahead, Modified = ahead }, new("b.bak", [1]) { Deleted = ahead, RemainingDays = 5 }];
        (await _place.Open().CopiesAsync()).Select(copy => (copy.Created, copy.Modified, copy.Deleted, copy.RemainingDays))
            .ShouldBe([(ahead, ahead, null, null), (Service.Blobs[1].Created, Service.Blobs[1].Modified, ahead, 5)]);
    }

    /// <summary>The error with which a listing does not even begin.</summary>
    private async Task<StoreAccessException> RefusedAsync(BlobRequests? requests = null) => Checked(await Should.ThrowAsync<StoreAccessException>(() => _place.Open(requests).ListAsync(CancellationToken.None)));

    /// <summary>The error with which a listing ends that began well.</summary>
    private async Task<StoreAccessException> BrokenOffAsync(int copies)
    {
        var listing = await _place.Open().ListAsync(CancellationToken.None);
        var given = 0;
        var error = await Should.ThrowAsync<StoreAccessException>(async () =>
        {
            await foreach (var _ in listing.Copies)
                given++;
        });
        given.ShouldBe(copies);
        return Checked(error);
    }

    private StoreAccessException Checked(StoreAccessException error)
    {
        error.Place.ShouldBe($"Store vault, container {Service.ContainerAddress},");
        error.Remedy.ShouldNotBeEmpty();
        // Whatever caused it may be written to a log with it.
        error.ToString().ShouldNotContain(FakeBlobPlace.Signature);
        return error;
    }
}
