using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Tests.Retention.BackupHeaders;

/// <summary>Whatever a header says is read back.</summary>
public sealed class HeaderRoundTripTests
{
    private static readonly Gen<string> Names =
        from length in Gen.Choose(1, 60)
        from letters in Gen.Elements("A", "z", "9", "_", " ", "\\", "é", "Ω", "水", "😀", "-").ArrayOf(length)
        select string.Concat(letters);

    private static readonly Gen<uint> Numbers = Gen.OneOf(Gen.Choose(0, int.MaxValue).Select(number => (uint)number), Gen.Elements(0u, uint.MaxValue));

    private static readonly Gen<Lsn> Lsns =
        from file in Numbers
        from block in Numbers
        from slot in Gen.Choose(0, ushort.MaxValue)
        select new Lsn(file, block, (ushort)slot);

    private static readonly Gen<Guid> Guids = Gen.Choose(0, 255).ArrayOf(16).Select(bytes => new Guid([.. bytes.Select(value => (byte)value)]));

    internal static readonly Gen<BackupHeader> Headers =
        from names in Names.ArrayOf(4)
        from lsns in Lsns.ArrayOf(4)
        from guids in Guids.ArrayOf(3)
        from flags in Gen.Elements(false, true).ArrayOf(4)
        from kind in Gen.Elements(BackupKind.Full, BackupKind.Differential, BackupKind.Log)
        from blockSize in Gen.Elements(512, 1024, 4096, 8192, 65536)
        from zoneUnits in Gen.Choose(-56, 56)
        from startedSeconds in Gen.Choose(0, int.MaxValue)
        from lastedSeconds in Gen.Choose(-7200, 1_000_000)
        from families in Gen.Choose(1, 64)
        from family in Gen.Choose(1, families)
        from version in Gen.Choose(0, 255).ArrayOf(3)
        from size in Gen.Choose(0, int.MaxValue)
        let zone = flags[3] ? TimeSpan.FromMinutes(15 * zoneUnits) : TimeSpan.Zero
        let started = new DateTimeOffset(1995, 1, 1, 0, 0, 0, zone).AddSeconds(startedSeconds)
        select SyntheticBackup.Usual with
        {
            Server = names[0],
            Machine = names[1],
            Database = names[2],
            SetName = names[3],
            Kind = kind,
            IsCopyOnly = flags[0],
            IsCompressed = flags[1],
            HasMediaPassword = flags[2],
            IsZoneKnown = flags[3],
            BlockSize = blockSize,
            Started = started,
            Finished = started.AddSeconds(lastedSeconds),
            DatabaseCreated = started.DateTime.AddYears(-3),
            FirstLsn = lsns[0],
            LastLsn = lsns[1],
            CheckpointLsn = lsns[2],
            DatabaseBackupLsn = lsns[3],
            MediaSetId = guids[0],
            BackupSetId = guids[1],
            BindingId = guids[2],
            FamilyCount = families,
            FamilyNumber = family,
            SoftwareVersion = $"{version[0]}.{version[1]}.{version[2] * 257}",
            Size = size * 4096L,
        };

    [Fact]
    public void Any_header_that_is_written_is_read_back() =>
        Prop.ForAll(Headers.ToArbitrary(), header =>
            BytesContent.ReadHeaderAsync(new SyntheticBackup { Header = header }.Build()).Result is BackupHeaderOutcome.Read read && read.Header == header)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Any_name_that_is_written_otherwise_is_not_read_as_the_same() =>
        Prop.ForAll(Names.ToArbitrary(), Names.ToArbitrary(), (one, other) =>
            one == other
            || BytesContent.ReadHeaderAsync(new SyntheticBackup { Header = SyntheticBackup.Usual with { Database = one } }.Build()).Result.HeaderIfAny!.Database != other)
            .QuickCheckThrowOnFailure();
}
