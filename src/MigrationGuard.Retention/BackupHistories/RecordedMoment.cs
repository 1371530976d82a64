using System.Globalization;

namespace MigrationGuard.Retention.BackupHistories;

/// <summary>A moment that a server wrote down by its own clock, and what that leaves open.</summary>
/// <param name="Local">What it wrote: the server's local time.</param>
/// <param name="Earliest">The earliest moment that it can have been, in UTC.</param>
/// <param name="Latest">The latest; the same where the zone is known.</param>
/// <remarks>
/// Where a zone is not recorded, local time says little: the hour before clocks are set back occurs twice, and without the server's zone it may
/// have been anywhere from UTC-12 to UTC+14.
/// </remarks>
public readonly record struct RecordedMoment(DateTime Local, DateTimeOffset Earliest, DateTimeOffset Latest)
{
    private const int MinutesOfZoneUnit = 15;
    private const int MostZoneUnits = 14 * 60 / MinutesOfZoneUnit;

    /// <summary>How far ahead of UTC the clocks of the first zone are, and how far behind those of the last.</summary>
    private static readonly TimeSpan FarthestAhead = TimeSpan.FromHours(14), FarthestBehind = TimeSpan.FromHours(-12);

    public bool IsExact => Earliest == Latest;

    /// <summary>A moment whose difference to UTC is known.</summary>
    public static RecordedMoment At(DateTimeOffset moment) => new(moment.DateTime, moment.ToUniversalTime(), moment.ToUniversalTime());

    /// <summary>A local time, with what is known of the server's zone.</summary>
    /// <param name="difference"><c>time_zone</c>'s difference to UTC; null where it is not recorded.</param>
    /// <param name="zone">The server's zone, where the configuration says it.</param>
    public static RecordedMoment Of(DateTime local, TimeSpan? difference, TimeZoneInfo? zone)
    {
        if (difference is { } known)
            return At(new DateTimeOffset(local, known));
        if (zone is null)
            return Between(local, FarthestAhead, FarthestBehind);
        // A time that the zone leaves out was written by a clock that had not been set forward yet.
        if (zone.IsInvalidTime(local))
            return Between(local, zone.GetUtcOffset(local.AddHours(1)), zone.GetUtcOffset(local.AddHours(-1)));
        if (!zone.IsAmbiguousTime(local))
            return At(new DateTimeOffset(local, zone.GetUtcOffset(local)));
        var offsets = zone.GetAmbiguousTimeOffsets(local);
        return Between(local, offsets.Max(), offsets.Min());
    }

    /// <summary>The difference to UTC that a <c>time_zone</c> stands for: units of 15 minutes; null of 127, and of what no clock on earth has.</summary>
    public static TimeSpan? DifferenceOf(int? zone) =>
        zone is { } units && Math.Abs(units) <= MostZoneUnits ? TimeSpan.FromMinutes(units * MinutesOfZoneUnit) : null;

    /// <summary>For a sentence: the moment, or the local time with what is not known of it.</summary>
    public override string ToString() => IsExact
        ? Earliest.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Local:yyyy-MM-dd HH:mm:ss} by the server's clock ({Uncertainty})");

    private string Uncertainty => Latest - Earliest <= TimeSpan.FromHours(2)
        ? "an hour that occurs twice or not at all as clocks are changed"
        : "whose zone is neither recorded nor configured";

    private static RecordedMoment Between(DateTime local, TimeSpan ahead, TimeSpan behind) =>
        new(local, new DateTimeOffset(DateTime.SpecifyKind(local - ahead, DateTimeKind.Utc)), new DateTimeOffset(DateTime.SpecifyKind(local - behind, DateTimeKind.Utc)));
}
