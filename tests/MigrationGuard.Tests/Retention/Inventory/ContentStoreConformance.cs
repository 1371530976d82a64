using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Tests.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.Inventory;

/// <summary>A place for back-ups that a test fills, and the store that the product reads it by.</summary>
internal interface IStorePlace : IAsyncDisposable
{
    IContentStore Open(string prefix = "");

    /// <summary>Writes what is not there yet, or writes over what is.</summary>
    Task PutAsync(string name, byte[] content);

    Task DeleteAsync(string name);
}

/// <summary>What every kind of store does alike: a folder, the fake service, and Azure Storage's emulator.</summary>
public abstract class ContentStoreConformance
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 70_000).Select(number => (byte)(number * 31 >> 3))];

    private protected abstract Task<IStorePlace> CreateAsync();

    /// <summary>A store whose folder or container is not there.</summary>
    private protected abstract Task<(IContentStore Store, IAsyncDisposable Place)> OpenMissingAsync();

    [SkippableFact]
    public async Task Everything_is_listed_once_with_its_length_and_its_times()
    {
        await using var place = await CreateAsync();
        (await place.Open().CopiesAsync()).ShouldBeEmpty();
        await place.PutAsync("full/a.bak", Bytes);
        await place.PutAsync("log/2025/b.trn", [1, 2, 3]);
        await place.PutAsync("empty.bak", []);

        var copies = await place.Open().CopiesAsync();
        copies.OrderBy(copy => copy.Name, StringComparer.Ordinal).Select(copy => (copy.Name, copy.Length)).ShouldBe([("empty.bak", 0), ("full/a.bak", 70_000), ("log/2025/b.trn", 3)]);
        copies.ShouldAllBe(copy => copy.State == CopyState.Current && copy.Store == "vault" && copy.Address == copy.Name && copy.ETag.Length > 0);
        copies.ShouldAllBe(copy => copy.VersionId == null && copy.Snapshot == null && copy.Deleted == null && copy.ImmutableUntil == null && !copy.HasLegalHold && !copy.IsArchived);
        copies.ShouldAllBe(copy => copy.Modified > new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero) && copy.Created > new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [SkippableTheory]
    [InlineData("a b.bak")]
    [InlineData("Übergang/é漢字.bak")]
    [InlineData("set #1.bak")]
    [InlineData("50%20off.bak")]
    [InlineData("100%.bak")]
    [InlineData("a+b&c='d';e@f,$g~!().bak")]
    [InlineData("what?.bak")]
    [InlineData(" leads and trails .bak")]
    [InlineData("deep/er/and/deeper.bak")]
    public async Task A_name_is_listed_and_read_as_it_is(string name)
    {
        await using var place = await CreateAsync();
        await place.PutAsync(name, [7, 8, 9]);
        var store = place.Open();
        var copy = (await store.CopiesAsync()).ShouldHaveSingleItem();
        copy.Name.ShouldBe(name);
        (await store.ReadAsync(copy)).ShouldBe([7, 8, 9]);
    }

    [SkippableFact]
    public async Task Any_range_is_exactly_the_bytes_that_lie_there()
    {
        await using var place = await CreateAsync();
        await place.PutAsync("a.bak", Bytes);
        var store = place.Open();
        var copy = (await store.CopiesAsync()).ShouldHaveSingleItem();
        foreach (var (offset, count) in new[] { (0, 70_000), (0, 1), (1, 1), (69_999, 1), (512, 16_384), (65_536, 4_464), (70_000, 0) })
            (await store.ReadAsync(copy, offset, count)).ShouldBe(Bytes[offset..(offset + count)], $"{count} bytes from {offset}");
    }

    [SkippableFact]
    public async Task A_header_is_read_through_the_store_as_from_the_bytes()
    {
        await using var place = await CreateAsync();
        var bytes = new SyntheticBackup { DataBytes = 100_000 }.Build();
        await place.PutAsync("a.bak", bytes);
        await place.PutAsync("empty.bak", []);
        var store = place.Open();
        foreach (var copy in await store.CopiesAsync())
        {
            var content = store.Open(copy);
            using (content as IDisposable)
                (await BackupHeaderReader.ReadAsync(content)).ShouldBe(await BytesContent.ReadHeaderAsync(copy.Length == 0 ? [] : bytes));
        }
    }

    [SkippableFact]
    public async Task Only_what_lies_under_the_prefix_is_listed_and_under_its_whole_name()
    {
        await using var place = await CreateAsync();
        foreach (var name in new[] { "prod/sql/a.bak", "prod/sql/deep/b.bak", "prod/sqlite/c.bak", "test/sql/d.bak", "prod/e.bak" })
            await place.PutAsync(name, [1]);
        (await place.Open("prod/sql/").CopiesAsync()).Select(copy => copy.Name).Order(StringComparer.Ordinal).ShouldBe(["prod/sql/a.bak", "prod/sql/deep/b.bak"]);
        (await place.Open("prod/sql").CopiesAsync()).Count.ShouldBe(3);
        (await place.Open("prod/nothing/").CopiesAsync()).ShouldBeEmpty();
        var store = place.Open("prod/sql/");
        (await store.ReadAsync((await store.CopiesAsync())[0])).ShouldBe([1]);
    }

    [SkippableFact]
    public async Task What_vanished_between_list_and_read_is_gone_and_said_to_be()
    {
        await using var place = await CreateAsync();
        await place.PutAsync("a.bak", Bytes);
        await place.PutAsync("b.bak", Bytes);
        var store = place.Open();
        var copy = (await store.CopiesAsync()).Single(copy => copy.Name == "a.bak");
        await place.DeleteAsync("a.bak");
        var error = await Should.ThrowAsync<ContentChangedException>(() => store.ReadAsync(copy));
        error.IsGone.ShouldBeTrue();
        error.Message.ShouldStartWith("a.bak is gone");
    }

    [SkippableTheory]
    [InlineData(70_001)]
    [InlineData(70_000)]
    [InlineData(100)]
    [InlineData(0)]
    public async Task What_was_replaced_between_list_and_read_is_not_read_for_what_was_listed(int length)
    {
        await using var place = await CreateAsync();
        await place.PutAsync("a.bak", Bytes);
        var store = place.Open();
        var copy = (await store.CopiesAsync()).ShouldHaveSingleItem();
        await place.PutAsync("a.bak", new byte[length]);
        (await Should.ThrowAsync<ContentChangedException>(() => store.ReadAsync(copy, 0, 50))).IsGone.ShouldBeFalse();
        var anew = (await store.CopiesAsync()).ShouldHaveSingleItem();
        anew.ETag.ShouldNotBe(copy.ETag);
        (await store.ReadAsync(anew)).ShouldBe(new byte[length]);
    }

    [SkippableFact]
    public async Task What_did_not_change_has_the_same_etag_in_the_next_listing()
    {
        await using var place = await CreateAsync();
        await place.PutAsync("a.bak", Bytes);
        var first = await place.Open().CopiesAsync();
        (await place.Open().CopiesAsync()).ShouldBe(first);
    }

    [SkippableFact]
    public async Task A_place_that_is_not_there_is_an_error_with_a_remedy_and_no_empty_listing()
    {
        var (store, place) = await OpenMissingAsync();
        await using (place)
        {
            var error = await Should.ThrowAsync<StoreAccessException>(() => store.CopiesAsync());
            error.Place.ShouldBe(store.Place);
            error.Problem.ShouldContain("does not exist");
            error.Remedy.ShouldNotBeEmpty();
        }
    }

    [SkippableFact]
    public async Task Whoever_gives_up_is_told_so_and_not_that_the_store_failed()
    {
        await using var place = await CreateAsync();
        await place.PutAsync("a.bak", Bytes);
        var store = place.Open();
        using var given = new CancellationTokenSource();
        await given.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in (await store.ListAsync(given.Token)).Copies)
            {
            }
        });
        var content = store.Open((await store.CopiesAsync())[0]);
        using (content as IDisposable)
            await Should.ThrowAsync<OperationCanceledException>(() => content.ReadAsync(0, new byte[10], given.Token).AsTask());
    }

    [SkippableFact]
    public async Task What_a_store_does_not_say_of_itself_comes_with_the_reason_and_with_what_would_show_it()
    {
        await using var place = await CreateAsync();
        var traits = await place.Open().ReadTraitsAsync(CancellationToken.None);
        Explained(traits.PublicAccess);
        Explained(traits.SoftDeleteDays);
        Explained(traits.Redundancy);
        Explained(traits.HasImmutabilityPolicy);
        Explained(traits.HasLegalHold);
        Explained(traits.HasImmutableVersions);

        static void Explained<T>(Seen<T> seen)
        {
            if (seen is not Seen<T>.NotVisible not)
                return;
            not.Reason.ShouldEndWith(".");
            not.ShownBy.ShouldNotBeEmpty();
        }
    }
}
