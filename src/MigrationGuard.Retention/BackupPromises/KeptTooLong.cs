using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Copies that are there for longer than was promised.</summary>
internal static class KeptTooLong
{
    /// <summary>The finding; null of a copy that is not too old.</summary>
    /// <remarks>A deleted copy counts until soft delete lets go of it: until then anybody who may can bring it back.</remarks>
    /// <param name="isNewest">Whether the newest state that can be restored at all rests on it, though none of the window does.</param>
    public static Finding? Of(InventoriedCopy copy, BackupPromiseOptions promise, DateTimeOffset now, bool isNewest = false)
    {
        var age = now - copy.Taken;
        if (age <= TimeSpan.FromDays(promise.Days!.Value) + TimeSpan.FromMinutes(promise.ToleranceMinutes))
            return null;
        var still = copy.Copy switch
        {
            { State: CopyState.Deleted, RemainingDays: { } days } => string.Create(CultureInfo.InvariantCulture, $" It was deleted, and can be brought back for {days} more days."),
            { State: CopyState.Deleted } => " It was deleted, and can still be brought back.",
            { HasLegalHold: true } => " A legal hold keeps it.",
            { ImmutableUntil: { } until } when until > now => string.Create(CultureInfo.InvariantCulture, $" A policy keeps it until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC."),
            _ => "",
        };
        return new Finding(KeepingFindings.KeptTooLong, Detail: string.Create(
            CultureInfo.InvariantCulture,
            $"{copy.Place} is of {copy.Taken.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {age.TotalDays:0.#} days old; {promise.Days:0.##} days were promised, and restoring to the promised days does not need it.{still} {(isNewest ? "Nothing newer can be restored: take a back-up first, then delete it." : "Have it deleted, and see why it was not.")}"));
    }
}
