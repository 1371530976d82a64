using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Whether copies are locked for as long as was promised, and no longer.</summary>
/// <remarks>
/// A locked period beyond the promised one breaks the promise to delete, and nobody can undo it. Of a policy of the container the data
/// plane says only that there is one.
/// </remarks>
internal static class Immutability
{
    public static PromiseFinding Check(BackupPromiseOptions promise, StoreInventory store, StoreTraits traits, DateTimeOffset now)
    {
        var current = store.Copies.Where(copy => copy.Copy.State != CopyState.Deleted).ToList();
        var findings = current.Where(copy => copy.Copy.HasLegalHold)
            .Select(copy => new Finding(KeepingFindings.KeptTooLong, Detail: $"{copy.Place} is under a legal hold, which ends only when somebody lifts it.")).ToList();
        if (traits.HasLegalHold is Seen<bool>.Known { Value: true })
            findings.Add(new Finding(KeepingFindings.KeptTooLong, Detail: "The container is under a legal hold, which ends only when somebody lifts it."));
        foreach (var copy in current.Where(copy => copy.Copy.ImmutableUntil is not null))
        {
            var days = (copy.Copy.ImmutableUntil!.Value - (copy.Copy.Created ?? copy.Copy.Modified)).TotalDays;
            var mode = copy.Copy.ImmutabilityMode == "Locked" ? "locked" : "kept by a policy that can still be changed";
            findings.AddRange(StorePromises.Days(promise, days, copy.Place + " is " + mode + " for {0} from when it was written"));
        }
        var changeable = current.Count(copy => copy.Copy is { ImmutableUntil: not null, ImmutabilityMode: not "Locked" });
        if (changeable > 0 && promise.AtLeastDays > 0)
            findings.Add(StorePromises.Setting(FormattableString.Invariant($"{changeable} {(changeable == 1 ? "copy is" : "copies are")} kept by a policy that is not locked: whoever may can shorten or remove it, and delete them.")));
        // Where policies were not listed, having none is no finding.
        if (store.Unseen.Count > 0)
            return new PromiseFinding(findings) { NeedsEveryCopy = true };
        var unlocked = current.Count(copy => copy.Copy.ImmutableUntil is null);
        return traits.HasImmutabilityPolicy switch
        {
            Seen<bool>.NotVisible not => new PromiseFinding(findings, StorePromises.NotVisible(not)),
            Seen<bool>.Known { Value: true } => new PromiseFinding(findings, "The container has a policy of immutability, whose length, and whether it is locked, are not visible from here. What would show them: az storage container immutability-policy show."),
            _ when unlocked > 0 && promise.AtLeastDays > 0 => new PromiseFinding(
                [.. findings, new Finding(KeepingFindings.KeptTooShort, unlocked, Detail: FormattableString.Invariant($"{unlocked} {(unlocked == 1 ? "copy" : "copies")} can be changed and deleted at any time; at least {promise.AtLeastDays:0.##} days were promised."))]),
            _ => new PromiseFinding(findings),
        };
    }
}
