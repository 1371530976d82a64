using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.BackupHeaders;

/// <summary>Whatever the bytes are, reading them ends, with an outcome, after a few ranges and in little memory.</summary>
public sealed class HostileBytesTests
{
    private const int Seed = 20250309;
    private const int MostBytesRead = 32 * 1024 + 4 * 65536 + 8 * 1024 + 512;

    [Fact]
    public void A_hundred_thousand_changed_or_random_files_are_read_to_an_outcome_in_bounded_memory()
    {
        var seen = new Dictionary<Type, int>();
        var random = new Random(Seed);
        byte[][] files = [.. Files()];
        for (var i = 0; i < 100_000; i++)
        {
            // The largest blocks are the slowest to read.
            var file = files[i % 25 == 0 ? files.Length - 1 : random.Next(files.Length - 1)];
            var changes = Change(file, random);
            Inspect(file, i, seen);
            for (var undone = changes.Count - 1; undone >= 0; undone--)
                file[changes[undone].At] = changes[undone].Was;
        }
        // A generator that never reaches the depths, or never does harm, would prove nothing.
        foreach (var outcome in typeof(BackupHeaderOutcome).GetNestedTypes())
            seen.GetValueOrDefault(outcome).ShouldBeGreaterThan(100, outcome.Name);
    }

    [Fact]
    public void Random_bytes_behind_a_known_start_are_read_to_an_outcome()
    {
        var random = new Random(Seed);
        var seen = new Dictionary<Type, int>();
        for (var i = 0; i < 5_000; i++)
        {
            var file = new byte[random.Next(1, 40_000)];
            random.NextBytes(file);
            var start = (i % 3) switch { 0 => "TAPE"u8, 1 => "MSSQLBAK\x02\0\0\0"u8, _ => "SFMB"u8 };
            start[..Math.Min(start.Length, file.Length)].CopyTo(file);
            if (i % 3 == 0 && file.Length > 52)
                MtfBlockBuilder.Seal(file);
            Inspect(file, i, seen);
        }
        seen.ShouldNotContainKey(typeof(BackupHeaderOutcome.Read));
    }

    [Fact]
    public void A_tail_full_of_chunks_costs_no_more()
    {
        var file = new SyntheticBackup { Header = SyntheticBackup.Usual with { BlockSize = 65536, IsCompressed = true }, DataBytes = 600_000 }.Build();
        var end = file.Length - 65536;
        for (var at = end - 400_000 & ~511; at < end; at += 512)
            file.AsSpan(0x20000, 512).CopyTo(file.AsSpan(at));
        Inspect(file, 0, []);
    }

    private static IEnumerable<byte[]> Files()
    {
        var header = SyntheticBackup.Usual;
        yield return new SyntheticBackup().Build();
        yield return new SyntheticBackup { Header = header with { Kind = BackupKind.Log }, DataBytes = 20_000 }.Build();
        yield return new SyntheticBackup { Header = header with { BlockSize = 4096, FamilyCount = 2 } }.Build();
        yield return new SyntheticBackup { Header = header with { IsCompressed = true }, DataBytes = 20_000 }.Build();
        yield return new SyntheticBackup { Header = header with { IsCompressed = true, BlockSize = 4096 } }.Build();
        yield return new byte[20_480];
        yield return new SyntheticBackup { Header = header with { BlockSize = 65536 } }.Build();
    }

    /// <summary>Changes up to eight bytes where it matters, often with a checksum that holds again, and says what was there.</summary>
    private static List<(int At, byte Was)> Change(byte[] file, Random random)
    {
        var changes = new List<(int At, byte Was)>();
        for (var count = random.Next(1, 9); count > 0; count--)
        {
            var sector = (random.Next(3) switch { 0 => random.Next(16), 1 => file.Length / 512 - 1 - random.Next(16), _ => random.Next(file.Length / 512) }) * 512;
            sector = Math.Clamp(sector, 0, file.Length - 512);
            var at = sector + random.Next(random.Next(2) == 0 ? 52 : 512);
            var value = random.Next(4) switch { 0 => (byte)0, 1 => (byte)255, 2 => (byte)(file[at] ^ 1 << random.Next(8)), _ => (byte)random.Next(256) };
            changes.Add((at, file[at]));
            file[at] = value;
            if (random.Next(2) != 0)
                continue;
            changes.Add((sector + 50, file[sector + 50]));
            changes.Add((sector + 51, file[sector + 51]));
            MtfBlockBuilder.Seal(file.AsSpan(sector));
        }
        return changes;
    }

    private static void Inspect(byte[] file, int input, Dictionary<Type, int> seen)
    {
        var content = new BytesContent(file);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var task = BackupHeaderReader.ReadAsync(content);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        task.IsCompletedSuccessfully.ShouldBeTrue($"input {input} of seed {Seed}: {task.Exception}");
        (allocated < 1_000_000 && content.Reads <= 3 && content.BytesRead <= MostBytesRead).ShouldBeTrue(
            $"input {input} of seed {Seed}: {allocated} bytes allocated, {content.Reads} ranges of {content.BytesRead} bytes read");
        var outcome = task.Result.GetType();
        seen[outcome] = seen.GetValueOrDefault(outcome) + 1;
    }
}
