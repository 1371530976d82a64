using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Chains;

namespace MigrationGuard.Tests.Retention.Chains;

public sealed class RestoreSimulationTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(400);

    private static readonly ChainRules Promised = new() { Window = TimeSpan.FromHours(12), AllowedLag = TimeSpan.FromMinutes(20) };

    [Fact]
    public void What_is_claimed_is_what_somebody_who_tries_every_way_can_show_at_every_moment() => Check.One(Often, Prop.ForAll(Histories(), Losses(), (steps, losses) =>
    {
        var (database, files) = Happen(steps, losses);
        var operators = new RestoringOperator(Whole(database, files));
        var chain = BackupChains.Of(files, Promised, database.Now).SingleOrDefault();
        foreach (var moment in Probes(database))
        {
            (chain?.IsRestorable(moment) ?? false).ShouldBe(operators.CanShow(moment, database.Now, header => LatestEnd(header, files, database.Now)), $"{moment:O}");
            if (chain?.IsRestorable(moment) ?? false)
                operators.Restores(moment, database.Records).ShouldBeTrue($"{moment:O} is claimed and not restorable");
        }
    }));

    [Fact]
    public void Without_what_is_not_needed_the_window_and_the_newest_state_are_restorable_as_before() => Check.One(Often, Prop.ForAll(Histories(), Losses(), (steps, losses) =>
    {
        var (database, files) = Happen(steps, losses);
        if (BackupChains.Of(files, Promised, database.Now).SingleOrDefault() is not { } before)
            return;
        // What shows the server's zone is not to be lost with the files that are not needed.
        var clocks = files.Select((file, i) => file.With(header => header with { Database = "other", BackupSetId = new Guid(i, 9, 9, new byte[8]) }) with { Path = $"other-{i}" });
        var after = BackupChains.Of(before.Needed.Concat(clocks), Promised, database.Now).SingleOrDefault(chain => chain.Database == "crm");
        (after?.Window.NotRestorable ?? [before.Window.Promised]).ShouldBe(before.Window.NotRestorable);
        (after?.Points.LastOrDefault()?.At).ShouldBe(before.Points.LastOrDefault()?.At);
        if (before.Restorable.LastOrDefault().To > before.Window.Promised.From)
            after.ShouldNotBeNull().Restorable[^1].To.ShouldBe(before.Restorable[^1].To);
        if (after is not null)
            after.Unneeded.ShouldBeEmpty();
    }));

    [Fact]
    public void The_simulation_restores_claims_and_denies_enough_to_mean_something()
    {
        int claimed = 0, denied = 0, broken = 0, differentials = 0;
        foreach (var steps in Histories().Generator.Sample(200))
        {
            var (database, files) = Happen(steps, [3, 17, 40]);
            if (BackupChains.Of(files, Promised, database.Now).SingleOrDefault() is not { } chain)
                continue;
            var probes = Probes(database).ToList();
            claimed += probes.Count(chain.IsRestorable);
            denied += probes.Count(moment => !chain.IsRestorable(moment));
            broken += chain.Breaks.Count;
            differentials += chain.Points.Count(point => point.Set.Kind == BackupKind.Differential);
        }

        new[] { claimed, denied, broken, differentials }.ShouldAllBe(count => count > 20);
    }

    private static Arbitrary<int[]> Histories() => Gen.Choose(0, 100_000).ListOf(60).Select(list => list.ToArray()).ToArbitrary();

    private static Arbitrary<int[]> Losses() => Gen.Choose(0, 60).ListOf(6).Select(list => list.ToArray()).ToArbitrary();

    /// <summary>The files that are left: of each back-up one or two stripes, some lost, some cut off, some there twice.</summary>
    private static (SimulatedDatabase Database, List<BackupFile> Files) Happen(int[] steps, int[] losses)
    {
        var database = new SimulatedDatabase();
        foreach (var step in steps)
            database.Step(step);
        var files = new List<BackupFile>();
        foreach (var (backup, number) in database.Backups.Select((backup, number) => (backup, number)))
        {
            var stripes = number % 4 == 3 ? 2 : 1;
            for (var stripe = 1; stripe <= stripes; stripe++)
            {
                var file = new BackupFile { Path = $"{number:D3}-{stripe}", Header = backup.Header with { FamilyCount = stripes, FamilyNumber = stripe } };
                var fate = losses.Contains((2 * number) + stripe) ? losses[0] % 3 : -1;
                if (fate == 0)
                    continue;
                files.Add(fate == 1 ? file with { IsComplete = false } : file);
                if (fate == 2)
                    files.Add(file with { Path = file.Path + "-again" });
            }
        }

        files.Reverse();
        return (database, files);
    }

    private static List<SimulatedBackup> Whole(SimulatedDatabase database, List<BackupFile> files) =>
    [
        .. database.Backups.Where(backup =>
            files.Where(file => file.IsComplete && file.Header.BackupSetId == backup.Header.BackupSetId).ToList() is { Count: > 0 } there &&
            there.DistinctBy(file => file.Header.FamilyNumber).Count() == there[0].Header.FamilyCount),
    ];

    /// <summary>All is in one zone here, so an end is right if a later back-up shows it.</summary>
    private static DateTimeOffset LatestEnd(BackupHeader header, List<BackupFile> files, DateTimeOffset now)
    {
        var hourLater = header.Finished!.Value.AddHours(1);
        if (files.Any(file => file.Header.Started >= hourLater))
            return header.Finished.Value;
        return hourLater < now ? hourLater : now;
    }

    private static IEnumerable<DateTimeOffset> Probes(SimulatedDatabase database)
    {
        var edges = database.Backups.SelectMany(backup => new[] { backup.Header.Started, backup.Header.Finished!.Value, backup.Header.Finished.Value.AddHours(1) })
            .Concat(database.Records).Append(database.Now).Distinct().Order().ToList();
        return edges
            .SelectMany(edge => new[] { edge.AddSeconds(-1), edge.AddTicks(-1), edge, edge.AddTicks(1), edge.AddSeconds(1), edge.AddSeconds(1).AddTicks(-1) })
            .Concat(edges.Zip(edges.Skip(1), (from, to) => from + ((to - from) / 2)));
    }
}
