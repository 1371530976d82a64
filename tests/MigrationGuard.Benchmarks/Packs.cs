using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MigrationGuard.Evidence;
using MigrationGuard.Evidence.Checking;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Evidence.Seals;

namespace MigrationGuard.Benchmarks;

/// <summary>Building and verifying a pack of many result files.</summary>
/// <remarks>
/// Method: for each check a CSV of some 4 KB and a statement of some 1 KB, and one JSON document of all of them, built as a folder in
/// the temporary folder, each file flushed to the disk, signed with ECDSA P-256, and verified under its root. The floor of building writes the
/// same bytes to as many files and flushes them, sixteen at once, digesting them with SHA-512; that of verifying reads and digests them. Rounds
/// of all four, one after the other; the first warms up and is not counted; medians.
/// </remarks>
internal static class Packs
{
    private const int Rounds = 5;
    private const int Flushes = 16;

    public static async Task RunAsync(int checks)
    {
        var directory = Directory.CreateTempSubdirectory("mgbench_").FullName;
        try
        {
            using var signer = await SignerOfAsync(directory);
            using var root = signer.Copy();
            var (build, verify, write, read) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round <= Rounds; round++)
            {
                var pack = Path.Combine(directory, $"pack-{round}");
                write.Add(await SecondsAsync(() => FloorAsync(Path.Combine(directory, $"floor-{round}"), checks)));
                build.Add(await SecondsAsync(() => PackBuilder.BuildAsync(Request(directory, $"pack-{round}", checks), signer, null, null, TimeProvider.System, CancellationToken.None)));
                read.Add(await SecondsAsync(() => Task.Run(() => Digest(pack))));
                verify.Add(await SecondsAsync(async () => Require(await PackVerification.VerifyAsync(pack, new PackTrust([root]), TimeProvider.System, CancellationToken.None))));
            }
            Report($"build, {checks:N0} checks (under 5 s)", build, write);
            Report($"verify, {checks:N0} checks (under 2 s)", verify, read);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Task<SigningCertificate> SignerOfAsync(string directory) =>
        SignerSource.OpenAsync(new SignerOptions(), directory, TimeProvider.System, CancellationToken.None);

    private static PackRequest Request(string directory, string id, int checks) => new()
    {
        Id = id,
        Directory = directory,
        AsOf = TimeProvider.System.GetUtcNow(),
        Tool = "MigrationGuard benchmark",
        About = "evidence of a benchmark",
        Files = [.. Files(checks).Select(file => PackFile.OfText(file.Path, file.Text))],
    };

    private static IEnumerable<(string Path, string Text)> Files(int checks)
    {
        var all = new StringBuilder("[");
        for (var number = 1; number <= checks; number++)
        {
            var rows = new StringBuilder("group,source,target\n");
            for (var row = 0; row < 150; row++)
                rows.Append(CultureInfo.InvariantCulture, $"state {row},{number * row},{number * row}\n");
            yield return (string.Create(CultureInfo.InvariantCulture, $"data/results/{number:0000}-breakdown.csv"), rows.ToString());
            yield return (string.Create(CultureInfo.InvariantCulture, $"data/results/{number:0000}-breakdown.sql"), string.Concat(Enumerable.Repeat("SELECT count(*) FROM dbo.ContactBase GROUP BY StateCode;\n", 18)));
            all.Append(number == 1 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""{"check":{{number}},"outcome":"match","rows":{{number * 17}},"text":"{{new string('x', 300)}}"}""");
        }
        yield return ("data/report/report.json", all.Append(']').ToString());
    }

    private static async Task FloorAsync(string directory, int checks)
    {
        Directory.CreateDirectory(directory);
        var paths = new List<string>();
        foreach (var (path, text) in Files(checks))
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            _ = SHA512.HashData(bytes);
            paths.Add(Path.Combine(directory, Path.GetFileName(path)));
            await File.WriteAllBytesAsync(paths[^1], bytes);
        }
        await Parallel.ForEachAsync(paths, new ParallelOptions { MaxDegreeOfParallelism = Flushes }, (path, _) =>
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(handle);
            return ValueTask.CompletedTask;
        });
    }

    private static void Digest(string directory) => Parallel.ForEach(Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories), file => SHA512.HashData(File.ReadAllBytes(file)));

    internal static void Require(PackReport report)
    {
        // A development certificate proves nobody, and everything else is verified all the same.
        if (report.Problems.Count > 0)
            throw new InvalidOperationException("The pack does not verify: " + string.Join('\n', report.Problems));
    }

    internal static async Task<double> SecondsAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    internal static void Report(string what, List<double> times, List<double> floors)
    {
        var (time, floor) = (Figures.Median(times.Skip(1)), Figures.Median(floors.Skip(1)));
        Console.WriteLine($"{what}: {Figures.Listed(times.Skip(1))}; floor {Figures.Listed(floors.Skip(1))}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {time:0.00} s, {time / floor:0.0} times the floor"));
    }
}
