using System.Globalization;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>What reading a header came to, as one line of text to be kept and read again.</summary>
/// <remarks>
/// Fields by their place, with a separator between them that none of them holds: a hundred thousand of these are read beside one listing,
/// and reading them as JSON took as long as the listing. Every build writes a <see cref="Version"/> of its own, as it may read headers in
/// another way, and lines of any other are not known.
/// </remarks>
internal static class HeaderLine
{
    private const char Separator = '\u001F';

    private static readonly string Version = typeof(HeaderLine).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    /// <summary>The line; null where the outcome is not worth keeping, or holds characters that a line does not give back as they were.</summary>
    public static string? Of(BackupHeaderOutcome outcome)
    {
        IReadOnlyList<string>? fields = outcome switch
        {
            BackupHeaderOutcome.Read read => ["read", .. Fields(read.Header)],
            BackupHeaderOutcome.Damaged { Header: { } header } damaged => ["damaged-of", damaged.Reason, .. Fields(header)],
            BackupHeaderOutcome.Damaged damaged => ["damaged", damaged.Reason],
            BackupHeaderOutcome.Unreadable unreadable => ["unreadable", unreadable.Reason],
            BackupHeaderOutcome.NotABackup not => ["not-a-backup", not.Reason],
            _ => null,
        };
        return fields is not null && fields.All(IsKept) ? string.Join(Separator, [Version, .. fields]) : null;
    }

    /// <summary>What a line says; null where it is of another version, or was not written by this.</summary>
    public static BackupHeaderOutcome? Read(string line)
    {
        var fields = new Fielded(line);
        if (!fields.Next().SequenceEqual(Version))
            return null;
        try
        {
            return fields.Next() switch
            {
                "read" => new BackupHeaderOutcome.Read(Header(ref fields)),
                "damaged-of" => new BackupHeaderOutcome.Damaged(fields.Text()) { Header = Header(ref fields) },
                "damaged" => new BackupHeaderOutcome.Damaged(fields.Text()),
                "unreadable" => new BackupHeaderOutcome.Unreadable(fields.Text()),
                "not-a-backup" => new BackupHeaderOutcome.NotABackup(fields.Text()),
                _ => null,
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Fields(BackupHeader header) =>
    [
        header.Server, header.Machine, header.Database, header.SetName, header.SoftwareVersion,
        Number((int)header.Kind), Flag(header.IsCopyOnly), Flag(header.IsCompressed), Flag(header.HasMediaPassword), Number(header.BlockSize),
        Number(header.Started.UtcTicks), Number(header.Started.TotalOffsetMinutes), header.Finished is { } finished ? Number(finished.UtcTicks) : "",
        header.Finished is { } end ? Number(end.TotalOffsetMinutes) : "", Flag(header.IsZoneKnown), Number(header.DatabaseCreated.Ticks),
        .. new[] { header.FirstLsn, header.LastLsn, header.CheckpointLsn, header.DatabaseBackupLsn }.SelectMany(lsn => new[] { Number(lsn.File), Number(lsn.Block), Number(lsn.Slot) }),
        header.MediaSetId.ToString("N"), Number(header.FamilyCount), Number(header.FamilyNumber), header.BackupSetId.ToString("N"), header.BindingId.ToString("N"),
        Number(header.Position), Flag(header.HoldsMoreBackups), Number(header.Size),
    ];

    private static BackupHeader Header(ref Fielded fields) => new()
    {
        Server = fields.Text(),
        Machine = fields.Text(),
        Database = fields.Text(),
        SetName = fields.Text(),
        SoftwareVersion = fields.Text(),
        Kind = (BackupKind)fields.Number(),
        IsCopyOnly = fields.Flag(),
        IsCompressed = fields.Flag(),
        HasMediaPassword = fields.Flag(),
        BlockSize = (int)fields.Number(),
        Started = fields.Moment()!.Value,
        Finished = fields.Moment(),
        IsZoneKnown = fields.Flag(),
        DatabaseCreated = new DateTime(fields.Number()),
        FirstLsn = fields.Lsn(),
        LastLsn = fields.Lsn(),
        CheckpointLsn = fields.Lsn(),
        DatabaseBackupLsn = fields.Lsn(),
        MediaSetId = fields.Id(),
        FamilyCount = (int)fields.Number(),
        FamilyNumber = (int)fields.Number(),
        BackupSetId = fields.Id(),
        BindingId = fields.Id(),
        Position = (int)fields.Number(),
        HoldsMoreBackups = fields.Flag(),
        Size = fields.Number(),
    };

    // A lone half of a surrogate pair does not survive UTF-8, and U+0000 is in no text of PostgreSQL.
    private static bool IsKept(string field)
    {
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] < ' ' || (char.IsSurrogate(field[i]) && !(i + 1 < field.Length && char.IsSurrogatePair(field[i], field[++i]))))
                return false;
        }
        return true;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Flag(bool flag) => flag ? "1" : "0";

    /// <summary>Goes through the fields of a line. Throws <see cref="FormatException"/> where a field is not what is asked for.</summary>
    private ref struct Fielded(ReadOnlySpan<char> rest)
    {
        private ReadOnlySpan<char> _rest = rest;
        private bool _isAtEnd;

        public ReadOnlySpan<char> Next()
        {
            if (_isAtEnd)
                throw new FormatException("The line has too few fields.");
            var end = _rest.IndexOf(Separator);
            _isAtEnd = end < 0;
            var field = _isAtEnd ? _rest : _rest[..end];
            _rest = _isAtEnd ? default : _rest[(end + 1)..];
            return field;
        }

        public string Text() => Next().ToString();

        public long Number() => long.Parse(Next(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

        public bool Flag() => Next() is "1";

        public Guid Id() => Guid.ParseExact(Next(), "N");

        public Lsn Lsn() => new((uint)Number(), (uint)Number(), (ushort)Number());

        public DateTimeOffset? Moment()
        {
            var ticks = Next();
            var offset = Next();
            return ticks.IsEmpty ? null : new DateTimeOffset(long.Parse(ticks, NumberStyles.None, CultureInfo.InvariantCulture), TimeSpan.Zero)
                .ToOffset(TimeSpan.FromMinutes(int.Parse(offset, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)));
        }
    }
}
