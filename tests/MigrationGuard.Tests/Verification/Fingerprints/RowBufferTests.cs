using MigrationGuard.Databases;
using MigrationGuard.Verification.Fingerprints;

namespace MigrationGuard.Tests.Verification.Fingerprints;

public sealed class RowBufferTests
{
    [Fact]
    public void A_row_keeps_what_was_written_as_it_grows_and_lies_after_its_prefix()
    {
        using var row = new RowBuffer([1, 2, 3]);
        for (var i = 0; i < 10_000; i++)
        {
            row.Reserve(1)[0] = (byte)i;
            row.Advance(1);
        }
        row.Row.ToArray().ShouldBe(Enumerable.Range(0, 10_000).Select(i => (byte)i));
        row.Keyed[..4].ToArray().ShouldBe([1, 2, 3, 0]);
    }

    [Fact]
    public async Task A_row_longer_than_2_GB_is_refused_with_a_remedy_that_reaches_its_reader()
    {
        using var database = new Database("old", new DatabaseOptions { Provider = Provider.Sqlite, ConnectionString = "Data Source=:memory:" }, TimeProvider.System);
        var failure = await Should.ThrowAsync<DatabaseException>(() => database.ReadAsync(
            (_, _) =>
            {
                using var row = new RowBuffer();
                return Task.FromResult(row.Reserve(int.MaxValue).Length);
            },
            CancellationToken.None));
        failure.Message.ShouldBe("old: a row of more than 2 GB cannot be compared. Leave its longest columns out with IgnoreColumns.");
    }
}
