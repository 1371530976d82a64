using MigrationGuard.Retention.Chains;
using static MigrationGuard.Tests.Retention.Chains.Made;

namespace MigrationGuard.Tests.Retention.Chains;

public sealed class RestoreBaseTests
{
    [Fact]
    public void A_full_backup_alone_restores_one_moment_and_no_period()
    {
        var chain = Chain([Full(At(0))], At(5));
        chain.Restorable.ShouldBeEmpty();
        chain.Points.ShouldHaveSingleItem().At.ShouldBe(At(1, 10));
        Chain([Full(At(0)), Full(At(3))], At(5)).Points.Select(point => point.At).ShouldBe([At(0, 10), At(4, 10)]);
    }

    [Fact]
    public void A_differential_bridges_a_break_in_the_log_if_its_full_backup_is_there()
    {
        BackupFile[] logs = [.. HourlyLogs(At(0), At(3)), .. HourlyLogs(At(4), At(8))];
        var differential = Differential(At(4, 30), At(0));
        Chain([Full(At(0)), differential, .. logs], At(9)).Restorable.ShouldBe([new Period(At(0, 10, 1), At(3)), new Period(At(4, 35, 1), At(8))]);

        var without = Chain([Full(At(1)), differential, .. logs], At(9));
        without.Restorable.ShouldBe([new Period(At(1, 10, 1), At(3))]);
        without.Findings.OfType<ChainFinding.DifferentialWithoutBase>().ShouldHaveSingleItem().Set.Started.ShouldBe(At(4, 30));
    }

    [Fact]
    public void A_differential_is_not_based_on_a_copy_only_full_backup()
    {
        Chain([Full(At(0)), Differential(At(2), At(0)), Full(At(4))], At(9)).Points.Count.ShouldBe(3);
        var chain = Chain([Full(At(0), isCopyOnly: true), Differential(At(2), At(0)), Full(At(4))], At(9));
        chain.Points.Count.ShouldBe(2);
        chain.Findings.ShouldHaveSingleItem().ShouldBeOfType<ChainFinding.DifferentialWithoutBase>();
    }

    [Fact]
    public void A_differential_on_a_full_backup_that_is_cut_off_restores_nothing()
    {
        var chain = Chain([Full(At(0)) with { IsComplete = false }, Differential(At(2), At(0)), Full(At(4))], At(9));
        chain.Points.Count.ShouldBe(1);
        chain.Findings.Select(finding => finding.GetType()).ShouldBe([typeof(ChainFinding.IncompleteFile), typeof(ChainFinding.DifferentialWithoutBase)]);
    }

    [Fact]
    public void Log_backups_lead_on_from_a_copy_only_full_backup_as_from_any_other() =>
        Chain([Full(At(0), isCopyOnly: true), .. HourlyLogs(At(0), At(4))], At(5)).Restorable.ShouldBe([new Period(At(0, 10, 1), At(4))]);

    [Fact]
    public void A_log_backup_taken_while_a_full_one_ran_is_too_early_by_itself_and_the_next_leads_on()
    {
        var full = Full(At(0, 50), minutes: 20);
        Chain([full, Log(At(0), At(1)), Full(At(4))], At(6)).Restorable.ShouldBeEmpty();
        Chain([full, Log(At(0), At(1)), Log(At(1), At(3))], At(6)).Restorable.ShouldBe([new Period(At(1, 10, 1), At(3))]);
        Chain([full, Log(At(1), At(3))], At(6)).Restorable.ShouldBe([new Period(At(1, 10, 1), At(3))]);
        Chain([full, Log(At(1, 11), At(3))], At(6)).Restorable.ShouldBeEmpty();
    }

    [Fact]
    public void A_database_created_anew_under_the_same_name_is_another_sequence()
    {
        BackupFile[] old = [Full(At(0)), .. HourlyLogs(At(0), At(3))];
        BackupFile[] logs = [.. HourlyLogs(At(3), At(8))];
        Chain([.. old, .. logs], At(9)).Restorable.ShouldBe([new Period(At(0, 10, 1), At(8))]);

        var anew = Chain([.. old, .. logs.Select(Anew)], At(9));
        anew.Restorable.ShouldBe([new Period(At(0, 10, 1), At(3))]);
        anew.Breaks.ShouldBeEmpty();
        anew.Findings.ShouldHaveSingleItem().ShouldBeOfType<ChainFinding.NoFullBackup>().At.ShouldBe(At(4));

        Chain([.. old, .. logs.Select(Anew), Anew(Full(At(5)))], At(9)).Restorable.ShouldBe([new Period(At(0, 10, 1), At(3)), new Period(At(5, 10, 1), At(8))]);
    }

    [Fact]
    public void Databases_are_told_apart_by_server_and_name_and_servers_have_no_case()
    {
        var logs = HourlyLogs(At(0), At(4)).ToList();
        Chain([Full(At(0)), .. logs.Select(log => log.With(header => header with { Server = "sql01" }))], At(5)).Restorable.ShouldNotBeEmpty();
        foreach (var (server, database) in new[] { ("SQL02", "crm"), ("SQL01", "CRM") })
        {
            BackupFile[] files = [Full(At(0)), .. logs.Select(log => log.With(header => header with { Server = server, Database = database }))];
            var chains = BackupChains.Of(files, Rules(), At(5));
            chains.Count.ShouldBe(2);
            chains.ShouldAllBe(chain => chain.Restorable.Count == 0);
        }
    }

    private static BackupFile Anew(BackupFile file) => file.With(header => header with { BindingId = new Guid(9, 9, 9, new byte[8]) });
}
