using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Tests.Retention.Inventory;

public sealed class FolderStoreTests : ContentStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override Task<IStorePlace> CreateAsync() => Task.FromResult<IStorePlace>(new FolderPlace(_folder.Path));

    private protected override Task<(IContentStore Store, IAsyncDisposable Place)> OpenMissingAsync() =>
        Task.FromResult<(IContentStore, IAsyncDisposable)>((Open(_folder.At("unmounted")), new FolderPlace(_folder.Path)));

    [SkippableFact]
    public async Task A_folder_that_may_not_be_read_ends_the_listing_with_an_error_and_is_not_left_out()
    {
        Skip.If(Environment.IsPrivilegedProcess, "Root may read everything; run the tests as another user: bash tests/run.sh.");
        var closed = Directory.CreateDirectory(_folder.At("closed")).FullName;
        await File.WriteAllTextAsync(Path.Combine(closed, "a.bak"), "hidden");
        await File.WriteAllTextAsync(_folder.At("b.bak"), "seen");
        await WithModeAsync(closed, UnixFileMode.None, async () =>
        {
            var error = await Should.ThrowAsync<StoreAccessException>(() => Open(_folder.Path).CopiesAsync());
            error.Message.ShouldStartWith($"Store vault, folder {_folder.Path}, cannot be read: ");
            error.Message.ShouldContain("closed");
        });
        (await Open(_folder.Path).CopiesAsync()).Count.ShouldBe(2);
    }

    [SkippableFact]
    public async Task A_folder_whose_files_may_be_named_but_not_looked_at_is_an_error_and_no_list_of_empty_old_files()
    {
        Skip.If(Environment.IsPrivilegedProcess, "Root may read everything; run the tests as another user: bash tests/run.sh.");
        var closed = Directory.CreateDirectory(_folder.At("closed")).FullName;
        await File.WriteAllTextAsync(Path.Combine(closed, "a.bak"), "hidden");
        await WithModeAsync(closed, UnixFileMode.UserRead, () => Should.ThrowAsync<StoreAccessException>(() => Open(_folder.Path).CopiesAsync()));
    }

    [Fact]
    public async Task A_folder_outside_of_the_prefix_need_not_be_readable()
    {
        var closed = Directory.CreateDirectory(_folder.At("other")).FullName;
        Directory.CreateDirectory(_folder.At("sql"));
        await File.WriteAllTextAsync(_folder.At("sql/a.bak"), "seen");
        await WithModeAsync(closed, UnixFileMode.None, async () => (await Open(_folder.Path, "sql/").CopiesAsync()).ShouldHaveSingleItem().Name.ShouldBe("sql/a.bak"));
    }

    [SkippableFact]
    public async Task A_file_that_may_not_be_read_is_listed_and_reading_it_is_an_error_of_access()
    {
        Skip.If(Environment.IsPrivilegedProcess, "Root may read everything; run the tests as another user: bash tests/run.sh.");
        await File.WriteAllTextAsync(_folder.At("a.bak"), "hidden");
        await WithModeAsync(_folder.At("a.bak"), UnixFileMode.None, async () =>
        {
            var store = Open(_folder.Path);
            var copy = (await store.CopiesAsync()).ShouldHaveSingleItem();
            (await Should.ThrowAsync<StoreAccessException>(() => store.ReadAsync(copy))).Remedy.ShouldContain("Let this account read it");
        });
    }

    [Fact]
    public async Task A_share_that_is_unmounted_between_list_and_read_is_an_error_and_its_files_are_not_gone()
    {
        var share = Directory.CreateDirectory(_folder.At("share")).FullName;
        await File.WriteAllTextAsync(Path.Combine(share, "a.bak"), "seen");
        var store = Open(share);
        var copy = (await store.CopiesAsync()).ShouldHaveSingleItem();
        Directory.Move(share, _folder.At("elsewhere"));
        (await Should.ThrowAsync<StoreAccessException>(() => store.ReadAsync(copy))).Problem.ShouldContain("does not exist");
    }

    [SkippableFact]
    public async Task A_link_to_a_file_is_listed_as_what_it_leads_to_and_a_link_to_a_folder_is_not_followed_and_said_to_be_left_out()
    {
        Skip.If(OperatingSystem.IsWindows(), "Making a link needs a privilege on Windows.");
        var elsewhere = Directory.CreateDirectory(_folder.At("elsewhere")).FullName;
        var store = Directory.CreateDirectory(_folder.At("store")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(elsewhere, "a.bak"), new byte[1000]);
        File.CreateSymbolicLink(Path.Combine(store, "linked.bak"), Path.Combine(elsewhere, "a.bak"));
        File.CreateSymbolicLink(Path.Combine(store, "dangling.bak"), Path.Combine(elsewhere, "b.bak"));
        Directory.CreateSymbolicLink(Path.Combine(store, "circle"), store);
        var listing = await Open(store).ListAsync(CancellationToken.None);
        var copies = await listing.CopiesAsync();
        listing.Unseen.ShouldBe(["What lies behind 1 link to a folder is not listed: links are not followed. A store of its own shows it."]);
        listing.Links.ShouldBe(["circle"]);
        copies.Select(copy => copy.Name).Order(StringComparer.Ordinal).ShouldBe(["dangling.bak", "linked.bak"]);
        var linked = copies.Single(copy => copy.Name == "linked.bak");
        linked.Length.ShouldBe(1000);
        (await Open(store).ReadAsync(linked)).ShouldBe(new byte[1000]);
        (await Should.ThrowAsync<MigrationGuard.Retention.BackupHeaders.ContentChangedException>(() => Open(store).ReadAsync(copies.Single(copy => copy.Name == "dangling.bak")))).IsGone.ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_of_a_folder_is_taken_for_known_that_only_its_server_knows()
    {
        var traits = await Open(_folder.Path).ReadTraitsAsync(CancellationToken.None);
        traits.PublicAccess.ShouldBeOfType<Seen<string>.NotVisible>();
        traits.SoftDeleteDays.ShouldBeOfType<Seen<int>.NotVisible>();
        traits.HasImmutabilityPolicy.ShouldBeOfType<Seen<bool>.NotVisible>();
    }

    [Fact]
    public void A_path_of_this_machine_is_no_share_of_another() =>
        Open(_folder.Path).ShouldSatisfyAllConditions(store => store.Kind.ShouldBe(StoreKind.Folder), store => store.Host.ShouldBeNull());

    private static FolderStore Open(string folder, string prefix = "") => new("vault", new ContentStoreOptions { Folder = folder, Prefix = prefix }, "/");

    private static async Task WithModeAsync(string path, UnixFileMode mode, Func<Task> work)
    {
        if (OperatingSystem.IsWindows())
            return;
        var before = File.GetUnixFileMode(path);
        File.SetUnixFileMode(path, mode);
        try
        {
            await work();
        }
        finally
        {
            File.SetUnixFileMode(path, before);
        }
    }

    private sealed class FolderPlace(string path) : IStorePlace
    {
        private int _written;

        public IContentStore Open(string prefix) => FolderStoreTests.Open(path, prefix);

        public async Task PutAsync(string name, byte[] content)
        {
            var file = Path.Combine(path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, content);
            // A file system's clock may not have moved on since the last.
            File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(++_written));
        }

        public Task DeleteAsync(string name)
        {
            File.Delete(Path.Combine(path, name));
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
