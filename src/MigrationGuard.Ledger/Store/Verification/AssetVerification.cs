using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store.Verification;

/// <summary>An asset's row.</summary>
internal sealed record AssetRow : ILivingRow
{
    public const string Select = "SELECT name AS Name, document AS Document, registered_seq AS OpenedSeq, closed_seq AS ClosedSeq FROM asset ORDER BY registered_seq";

    public string Name { get; init; } = "";

    public string Document { get; init; } = "";

    public long OpenedSeq { get; init; }

    public long? ClosedSeq { get; init; }

    public string Subject => AssetVerification.Prefix + Name;
}

internal sealed class AssetLife : Life<AssetRow>
{
    /// <summary>The newest entry that says what the asset is.</summary>
    public long DocumentSeq { get; set; }

    /// <summary>Hash of what it says; null where that cannot be relied on.</summary>
    public string? DocumentSha256 { get; set; }

    public bool IsErased { get; set; }
}

/// <summary>Holds assets against the entries that registered, changed and closed them.</summary>
internal sealed class AssetVerification(StoreSession session, VerificationFindings findings)
    : LivingRows<AssetRow, AssetLife>(session.StreamAsync<AssetRow>(AssetRow.Select), findings)
{
    /// <summary>What an asset's entries have before its name.</summary>
    public const string Prefix = "asset:";

    protected override string NameOf(string subject) => "Asset " + subject[Prefix.Length..];

    protected override bool Concerns(ReplayedEntry entry) => entry.Subject.StartsWith(Prefix, StringComparison.Ordinal)
        && (Opens(entry) || entry.Is(EntryKind.AssetChanged) || entry.Is(EntryKind.AssetClosed));

    protected override bool Opens(ReplayedEntry entry) => entry.Is(EntryKind.AssetRegistered);

    protected override void Take(ReplayedEntry entry, AssetLife life)
    {
        if (entry.Is(EntryKind.AssetClosed))
        {
            life.ClosedSeq = entry.Seq;
            return;
        }
        (life.DocumentSeq, life.IsErased) = (entry.Seq, entry.IsErased);
        life.DocumentSha256 = entry.TryGet("asset", out var asset) ? RunDigest.Of(asset.GetRawText()) : null;
    }

    protected override void Compare(string subject, AssetRow row, AssetLife life)
    {
        if (life.IsErased)
            Findings.MarkUnproven(subject);
        else if (life.DocumentSha256 is { } claimed && RunDigest.Of(row.Document) != claimed)
            Suspect(subject, life.DocumentSeq, "is not what this entry says: its document was changed.");
    }
}
