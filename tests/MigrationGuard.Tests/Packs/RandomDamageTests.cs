using MigrationGuard.Evidence.Checking;

namespace MigrationGuard.Tests.Packs;

/// <summary>Two thousand packs, each damaged once and at random: every one is found, and the undamaged one passes.</summary>
public sealed class RandomDamageTests : IDisposable
{
    private const int Damages = 2000;
    private const int Seed = 20260301;

    private readonly PackWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [SkippableFact]
    public async Task Two_thousand_flips_deletions_additions_renames_and_swaps_are_all_found()
    {
        Skip.IfNot(AuditorShell.IsThere, "There is no openssl to make a stamp with, which is to be damaged too.");
        await using var tsa = new LocalTimestampAuthority();
        using var authority = tsa.Open();
        var pack = await _workshop.BuildAsync(authority: authority);
        var trust = new PackTrust([_workshop.Identity.Root], [tsa.Root]);
        var files = Directory.EnumerateFiles(pack, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToDictionary(file => file, File.ReadAllBytes);
        var random = new Random(Seed);
        var missed = new List<string>();

        await PassesAsync(pack, trust);
        for (var number = 0; number < Damages; number++)
        {
            var (damage, undo) = DamageOne(pack, files, random, number % 5);
            var report = await PackVerification.VerifyAsync(pack, trust, TimeProvider.System, CancellationToken.None);
            if (report.Conclusion != PackConclusion.Broken)
                missed.Add(damage);
            undo();
            if (number % 500 == 499)
                await PassesAsync(pack, trust);
        }
        missed.ShouldBeEmpty($"Seed {Seed}.");
    }

    private static async Task PassesAsync(string pack, PackTrust trust)
    {
        var report = await PackVerification.VerifyAsync(pack, trust, TimeProvider.System, CancellationToken.None);
        report.Problems.ShouldBeEmpty();
        report.Conclusion.ShouldBe(PackConclusion.Proven);
        report.Stamp.ShouldNotBeNull().IsProven.ShouldBeTrue();
    }

    private static (string Damage, Action Undo) DamageOne(string pack, Dictionary<string, byte[]> files, Random random, int kind)
    {
        var file = files.Keys.ElementAt(random.Next(files.Count));
        var name = Path.GetRelativePath(pack, file);
        var content = files[file];
        void Restore() => File.WriteAllBytes(file, content);
        switch (kind)
        {
            case 0 when content.Length > 0:
                var flipped = content.ToArray();
                var bit = random.Next(content.Length * 8);
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                File.WriteAllBytes(file, flipped);
                return ($"bit {bit} of {name}", Restore);
            case 1:
                File.Delete(file);
                return ("without " + name, Restore);
            case 2:
                var added = Path.Combine(Path.GetDirectoryName(file)!, (random.Next(3) == 0 ? "." : "") + Path.GetRandomFileName());
                if (random.Next(4) == 0)
                {
                    Directory.CreateDirectory(added);
                    return ("a folder beside " + name, () => Directory.Delete(added));
                }
                File.WriteAllBytes(added, random.Next(2) == 0 ? content : []);
                return ("a file beside " + name, () => File.Delete(added));
            case 3:
                var renamed = Path.Combine(Path.GetDirectoryName(file)!, random.Next(2) == 0 ? Path.GetRandomFileName() : Path.GetFileName(file).ToUpperInvariant() + "_");
                File.Move(file, renamed);
                return ("another name for " + name, () => File.Move(renamed, file));
            default:
                var other = files.Keys.Where(candidate => !files[candidate].AsSpan().SequenceEqual(content)).ElementAt(random.Next(files.Count / 2));
                File.WriteAllBytes(file, files[other]);
                File.WriteAllBytes(other, content);
                return ($"{name} and {Path.GetRelativePath(pack, other)} swapped", () =>
                {
                    Restore();
                    File.WriteAllBytes(other, files[other]);
                });
        }
    }
}
