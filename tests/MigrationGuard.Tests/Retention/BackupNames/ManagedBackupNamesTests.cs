using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupNames;

namespace MigrationGuard.Tests.Retention.BackupNames;

public sealed class ManagedBackupNamesTests
{
    private const string Own = "0f8fad5bd9cb469fa16570867728950e";
    private const string Group = "7c9e6679742540de944be07fc1f90ae7";

    private static readonly ManagedBackupNames Scheme = new();

    [Fact]
    public void A_full_backups_name_says_database_identifier_and_time() =>
        Read($"crm_{Own}_20260105001000.bak").ShouldBe(new BackupName
        {
            Database = "crm",
            DatabaseId = Guid.ParseExact(Own, "N"),
            Kind = BackupKind.Full,
            Taken = new DateTime(2026, 1, 5, 0, 10, 0),
        });

    [Fact]
    public void A_log_backups_name_may_say_how_far_its_clock_is_from_UTC()
    {
        Read($"crm_{Own}_20260105001000+01.log").Zone.ShouldBe(TimeSpan.FromHours(1));
        Read($"crm_{Own}_20260105001000-03:30.log").Zone.ShouldBe(TimeSpan.FromHours(-3.5));
        Read($"crm_{Own}_20260105001000.log").Kind.ShouldBe(BackupKind.Log);
    }

    [Theory]
    [InlineData("crm")]
    [InlineData("case_work")]
    [InlineData("a")]
    public void The_identifier_in_an_availability_group_is_not_taken_for_a_part_of_the_name(string database)
    {
        var name = Read($"{database}_{Group}_{Own}_20260105001000.bak");
        (name.Database, name.GroupDatabaseId, name.DatabaseId).ShouldBe((database, Guid.ParseExact(Group, "N"), Guid.ParseExact(Own, "N")));
    }

    [Theory]
    [InlineData(39, false)]
    [InlineData(40, true)]
    public void A_name_of_forty_characters_may_have_been_cut(int length, bool isCut)
    {
        var name = Read($"{new string('x', length)}_{Group}_{Own}_20260105001000.bak");
        (name.Database!.Length, name.IsDatabaseCut).ShouldBe((length, isCut));
    }

    [Theory]
    [InlineData($"crm_{Own}_20260105001000.trn")]
    [InlineData($"crm_{Own}_2026010500100.bak")]
    [InlineData($"crm_{Own}_20260199001000.bak")]
    [InlineData("crm_0f8fad5bd9cb469fa16570867728950_20260105001000.bak")]
    [InlineData($"{Own}_20260105001000.bak")]
    [InlineData("SQL01_crm_FULL_20260105_001000.bak")]
    public void What_only_resembles_the_scheme_is_not_understood(string file) => Scheme.Read(file).ShouldBeOfType<NameReading.NotUnderstood>();

    private static BackupName Read(string path) => Scheme.Read(path).ShouldBeOfType<NameReading.Understood>().Name;
}
