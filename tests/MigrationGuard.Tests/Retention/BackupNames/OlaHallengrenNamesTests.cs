using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupNames;

namespace MigrationGuard.Tests.Retention.BackupNames;

public sealed class OlaHallengrenNamesTests
{
    private static readonly OlaHallengrenNames Unknowing = new([], []);

    [Fact]
    public void A_plain_name_says_server_database_kind_and_time() =>
        Read(Unknowing, "SQL01_crm_FULL_20260105_001000.bak").ShouldBe(new BackupName
        {
            Server = "SQL01",
            Database = "crm",
            Kind = BackupKind.Full,
            IsCopyOnly = false,
            IsPartial = false,
            Taken = new DateTime(2026, 1, 5, 0, 10, 0),
        });

    [Fact]
    public void A_name_with_every_token_says_all_of_them() =>
        Read(Unknowing, "SQL01$PROD_crm_FULL_PARTIAL_COPY_ONLY_20260105_235959_12.bak").ShouldBe(new BackupName
        {
            Server = @"SQL01\PROD",
            Database = "crm",
            Kind = BackupKind.Full,
            IsCopyOnly = true,
            IsPartial = true,
            Taken = new DateTime(2026, 1, 5, 23, 59, 59),
            Stripe = 12,
        });

    [Theory]
    [InlineData("SQL01_crm_DIFF_20260105_001000.bak", BackupKind.Differential)]
    [InlineData("SQL01_crm_LOG_20260105_001000.trn", BackupKind.Log)]
    [InlineData("SQL01_crm_LOG_COPY_ONLY_20260105_001000.trn", BackupKind.Log)]
    public void The_type_is_read_wherever_tokens_drop_out(string file, BackupKind kind) => Read(Unknowing, file).Kind.ShouldBe(kind);

    [Theory]
    [InlineData("SQL01_crm_20260105_001000.bak")]
    [InlineData("SQL01_crm_FULL_20261305_001000.bak")]
    [InlineData("SQL01_crm_FULL_20260105_251000.bak")]
    [InlineData("SQL01_crm_full_20260105_001000.bak")]
    [InlineData("_FULL_20260105_001000.bak")]
    [InlineData("SQL01_crm_FULL_20260105_001000_x.bak")]
    [InlineData("SQL01_crm_FULL_２０260105_001000.bak")]
    [InlineData("")]
    [InlineData("SQL01_crm_FULL_20260105_001000.bak/")]
    public void What_only_resembles_the_scheme_is_not_understood(string file) => Unknowing.Read(file).ShouldBeOfType<NameReading.NotUnderstood>();

    [Theory]
    [InlineData("SQL_01_case_work_LOG_20260105_001000.trn", "SQL_01", "case_work")]
    [InlineData("sql_01_case_work_LOG_20260105_001000.trn", "sql_01", "case_work")]
    [InlineData("SQL_01$A_B_case_work_LOG_20260105_001000.trn", @"SQL_01\A_B", "case_work")]
    public void Underscores_are_divided_at_a_server_that_is_known(string file, string server, string database) =>
        Both(Read(new OlaHallengrenNames(["SQL", "SQL_01", @"SQL_01\A_B"], []), file)).ShouldBe((server, database, null));

    [Theory]
    [InlineData("SQL_01/case_work/LOG/")]
    [InlineData("backups/SQL_01/")]
    [InlineData(@"\\share\case_work\LOG\")]
    public void Underscores_are_divided_by_a_folder_of_the_servers_or_the_databases_name(string folder) =>
        Both(Read(Unknowing, folder + "SQL_01_case_work_LOG_20260105_001000.trn")).ShouldBe(("SQL_01", "case_work", null));

    [Fact]
    public void Underscores_that_nothing_divides_are_left_open() =>
        Both(Read(Unknowing, "other/SQL_01_case_work_LOG_20260105_001000.trn")).ShouldBe((null, null, "SQL_01_case_work"));

    [Fact]
    public void A_database_named_like_a_type_is_a_database()
    {
        Both(Read(Unknowing, "SQL01_LOG_FULL_20260105_001000.bak")).ShouldBe(("SQL01", "LOG", null));
        Both(Read(Unknowing, "SQL01_a.b_FULL_20260105_001000.bak")).ShouldBe(("SQL01", "a.b", null));
    }

    [Fact]
    public void An_availability_group_stands_where_a_server_would_and_is_none()
    {
        const string file = "CLU$AG_1_case_work_FULL_20260105_001000.bak";
        Both(Read(new OlaHallengrenNames([], ["CLU$AG_1"]), file)).ShouldBe((null, "case_work", null));
        Both(Read(new OlaHallengrenNames(["CLU"], []), file)).ShouldBe((null, null, "CLU$AG_1_case_work"));
    }

    private static BackupName Read(NameScheme scheme, string path) => scheme.Read(path).ShouldBeOfType<NameReading.Understood>().Name;

    private static (string? Server, string? Database, string? Undivided) Both(BackupName name) => (name.Server, name.Database, name.ServerAndDatabase);
}
