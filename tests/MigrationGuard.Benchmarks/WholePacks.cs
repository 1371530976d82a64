using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MigrationGuard.Configuration;
using MigrationGuard.Evidence.Checking;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Packing;

namespace MigrationGuard.Benchmarks;

/// <summary>Building and verifying a pack as <c>evidence build</c> does: gathered from a ledger, weighed, rendered, signed.</summary>
/// <remarks>
/// Method: a ledger in SQLite with one finished run of so many checks, five to an entity, breakdowns of twenty groups among them, every
/// twentieth a mismatch. Packs of it are built and verified in turn, in this process; the first round warms up and is not counted; medians. The
/// floor reads the pack's files, digests them with SHA-512, and writes them anew.
/// </remarks>
internal static class WholePacks
{
    private const int Rounds = 5;
    private const int Groups = 20;

    public static async Task RunAsync(int checks)
    {
        var directory = Directory.CreateTempSubdirectory("mgbench_").FullName;
        try
        {
            var settings = Path.Combine(directory, "appsettings.json");
            await File.WriteAllTextAsync(settings, ConfigurationJson.Write(new MigrationGuardOptions { Project = { Name = "Benchmark" } }));
            var configuration = ConfigurationFile.Read(settings, new Dictionary<string, string>(), userSecrets: null);
            await using var store = await LedgerStore.OpenAsync(configuration.Options.Store, directory, TimeProvider.System, CancellationToken.None);
            var run = await RecordAsync(store, checks);
            var building = new EvidenceBuilding(configuration, store, Actor.OfThisProcess(), TimeProvider.System);
            var (build, verify, floor) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round <= Rounds; round++)
            {
                FinishedPack? pack = null;
                build.Add(await Packs.SecondsAsync(async () => pack = await building.BuildAsync(new EvidenceScope.OfRun(run), Path.Combine(directory, "packs"), zip: false, CancellationToken.None)));
                var path = pack!.Built.Path;
                using var signer = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(path, "signatures", "signer.pem"));
                verify.Add(await Packs.SecondsAsync(async () => Packs.Require(await PackVerification.VerifyAsync(path, new PackTrust([signer]), TimeProvider.System, CancellationToken.None))));
                floor.Add(await Packs.SecondsAsync(() => Task.Run(() => Copy(path, Path.Combine(directory, $"floor-{round}")))));
            }
            Packs.Report($"build a pack of {checks:N0} checks (under 5 s)", build, floor);
            Packs.Report($"verify a pack of {checks:N0} checks (under 2 s)", verify, floor);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<string> RecordAsync(LedgerStore store, int checks)
    {
        var actor = Actor.OfThisProcess();
        var results = Enumerable.Range(0, checks).Select(Result).ToList();
        var run = new RunDocument { Run = RunIds.New(TimeProvider.System), Scope = Scope.Full, Started = TimeProvider.System.GetUtcNow(), Tool = "benchmark" };
        await store.BeginRunAsync(run, actor, CancellationToken.None);
        await store.AddResultsAsync(run.Run, [.. results.Select((result, ordinal) => (ordinal, result))], CancellationToken.None);
        await store.FinishRunAsync(run with { Finished = TimeProvider.System.GetUtcNow(), Verdict = Verdicts.Of(results, Scope.Full, 0), Results = results }, actor, CancellationToken.None);
        return run.Run;
    }

    private static CheckResult Result(int number)
    {
        var check = (number % 5) switch { 0 => CheckNames.RecordCount, 1 => CheckNames.LastTimestamp, 2 => CheckNames.Schema, 3 => CheckNames.Fingerprint, _ => CheckNames.EntityBreakdown };
        var differs = number % 20 == 0;
        const string Sql = "SELECT statecode, COUNT_BIG(*), MAX(createdon), MAX(modifiedon) FROM dbo.contactbase GROUP BY statecode";
        return new CheckResult
        {
            Comparison = "crm",
            Entity = string.Create(CultureInfo.InvariantCulture, $"entity{number / 5}"),
            Check = check,
            By = check == CheckNames.EntityBreakdown ? ["statecode"] : null,
            Breakdown = check == CheckNames.EntityBreakdown ? [.. Enumerable.Range(0, Groups).Select(group => new GroupCount([new Scalar(group)], group * 7, group * 7))] : null,
            Outcome = differs ? new CheckOutcome.Mismatch([new Finding(FindingKinds.MissingInTarget, 3)]) : new CheckOutcome.Match(),
            Source = new Dictionary<string, Scalar> { ["rows"] = new(number * 1000L) },
            Target = new Dictionary<string, Scalar> { ["rows"] = new(number * 1000L - (differs ? 3 : 0)) },
            SourceSql = Sql,
            TargetSql = Sql,
            Seconds = 0.5,
        };
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            _ = SHA512.HashData(bytes);
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, bytes);
        }
    }
}
