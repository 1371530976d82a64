using System.IO.Compression;
using MigrationGuard.Databases;

namespace MigrationGuard.Tests.Privacy;

/// <summary>Whole packs of data full of canaries: every file, and what is inside those that are archives themselves.</summary>
public sealed class PackCanaryTests
{
    public static TheoryData<Provider, Provider> Pairs => PackPrivacyTests.Pairs;

    [SkippableTheory, MemberData(nameof(Pairs))]
    public async Task Of_data_full_of_canaries_none_is_in_a_pack(Provider source, Provider target)
    {
        await using var migration = await CanaryMigration.CreateAsync(source, target);
        (await migration.Folder.RunAsync("evidence", "build", "--all", "--output", "packs")).ShouldExitWith(ExitCode.Done);

        var files = Directory.GetFiles(migration.Folder.At("packs"), "*", SearchOption.AllDirectories);
        files.Length.ShouldBeGreaterThan(10);
        files.SelectMany(file => Found(migration.Canaries, file)).ShouldBeEmpty();
        // The twin: the ledger that the pack was made from is full of them.
        Found(migration.Canaries, migration.Folder.At("migrationguard.db")).ShouldNotBeEmpty();
    }

    private static IEnumerable<string> Found(Canaries canaries, string file)
    {
        foreach (var token in canaries.In(File.ReadAllBytes(file)))
            yield return $"{file}: {token}";
        if (Path.GetExtension(file) is not (".docx" or ".zip"))
            yield break;
        using var archive = ZipFile.OpenRead(file);
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open())
                stream.CopyTo(content);
            foreach (var token in canaries.In(content.ToArray()))
                yield return $"{file}!{entry.FullName}: {token}";
        }
    }
}
