using MigrationGuard.Databases;
using MigrationGuard.Databases.Values;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Rules for dates and times.</summary>
internal static class MomentRules
{
    /// <summary>The rule for two columns of dates, of moments, or of times of day.</summary>
    /// <returns>Null for any other pair, a date beside a time of day among them.</returns>
    public static ColumnRule? For(TypedPair pair)
    {
        if (pair.Both(kind => kind == CanonicalKind.Time))
            return ForTimes(pair);
        return pair.Source.IsMoment && pair.Target.IsMoment ? ForMoments(pair) : null;
    }

    private static ColumnRule.Comparable ForTimes(TypedPair pair)
    {
        var (held, kept) = (Step(pair, Side.Source), Step(pair, Side.Target));
        var narrows = !Fits(held, kept);
        var given = new List<string>();
        if (narrows)
            given.Add(Coarsening(kept, pair.Context.Rounding));
        AddSpelling(pair, given);
        return pair.Compared(
            (side, row) => new TimeEncoder(row, side == Side.Source && narrows ? kept : null, pair.Context.Rounding, pair.Context.IsSqlite(side)),
            Sentence(given)) with { DependsOnRounding = narrows };
    }

    private static ColumnRule.Comparable ForMoments(TypedPair pair)
    {
        var context = pair.Context;
        var (held, kept) = (Step(pair, Side.Source), Step(pair, Side.Target));
        var spellsCounts = held == TimeResolution.SqlDateTime && kept < held;
        var narrows = !spellsCounts && !Fits(held, kept);
        var given = new List<string>();
        if (spellsCounts)
            given.Add("compared as the source's counts of 1/300 s, which the target holds as decimals, three or more, rounded or cut");
        if (narrows)
            given.Add(Coarsening(kept, context.Rounding));
        var zones = Zones(pair, given);
        if (KeepsOffset(pair, Side.Source) != KeepsOffset(pair, Side.Target))
            given.Add($"the {(KeepsOffset(pair, Side.Source) ? Side.Source : Side.Target).Spelt()}'s offsets from UTC are left out, as the other side keeps none");
        AddSpelling(pair, given);
        return pair.Compared(
            (side, row) => new MomentEncoder(row, zones(side) with
            {
                Step = side == Side.Source && narrows ? kept : null,
                Rounding = context.Rounding,
                InThreeHundredths = spellsCounts || kept == TimeResolution.SqlDateTime,
                SpellsThreeHundredths = spellsCounts,
                KeepsOffset = KeepsOffset(pair, Side.Source) && KeepsOffset(pair, Side.Target),
            }),
            Sentence(given)) with { DependsOnRounding = narrows && kept != TimeResolution.Day && kept != TimeResolution.SqlDateTime };
    }

    // Both sides go to the target's readings, or to UTC where the target is in UTC.
    private static Func<Side, MomentPath> Zones(TypedPair pair, List<string> given)
    {
        var (own, target) = (new ZoneClock(pair.Context.SourceZone), new ZoneClock(pair.Context.TargetZone));
        var (sourceReads, targetReads) = (Reads(pair, Side.Source), Reads(pair, Side.Target));
        var alike = sourceReads && targetReads
            && (pair.Context.SharesZone || pair.Both(kind => kind == CanonicalKind.Date));
        foreach (var side in Sides.Both)
        {
            if ((!alike && Reads(pair, side)) || pair.Context.IsSqlite(side))
                given.Add(Taken(side, pair.Context.ZoneOf(side), side == Side.Source ? own : target));
        }
        // A date is coarser than what clocks repeat.
        var merging = !alike && (sourceReads || pair.Context.IsSqlite(Side.Source)) && !own.NeverRepeats && pair.Target.Kind != CanonicalKind.Date ? own : null;
        return side => new MomentPath
        {
            Own = side == Side.Source ? own : target,
            Readings = targetReads ? target : null,
            IsThere = targetReads && (alike || (side == Side.Target && merging is null)),
            Merging = merging,
        };
    }

    private static string Taken(Side side, TimeZoneInfo zone, ZoneClock clock) =>
        $"the {side.Spelt()}'s readings without a zone are taken to be of {zone.Id}{(clock.NeverRepeats ? "" : ", where an hour that clocks repeat is one, and one that they skip is the hour after it")}";

    private static bool Reads(TypedPair pair, Side side) => pair.On(side).Kind != CanonicalKind.TimestampWithZone;

    // Only SQL Server's datetimeoffset does; PostgreSQL's type "with time zone" keeps the moment alone.
    private static bool KeepsOffset(TypedPair pair, Side side) =>
        pair.Context.On(side) == Provider.SqlServer && pair.On(side).Kind == CanonicalKind.TimestampWithZone;

    private static TimeResolution Step(TypedPair pair, Side side) =>
        pair.On(side).Kind == CanonicalKind.Date ? TimeResolution.Day : pair.On(side).Resolution ?? TimeResolution.HundredNanoseconds;

    // Whether every value of the one step is one of the other: a minute is a whole number of seconds, a third is none of tenths.
    private static bool Fits(TimeResolution held, TimeResolution kept) =>
        held.SecondsPerUnit * kept.UnitsPerSecond % (held.UnitsPerSecond * kept.SecondsPerUnit) == 0;

    private static string Coarsening(TimeResolution kept, Rounding rounding) => kept == TimeResolution.Day
        ? "compared by the day, as the target holds no time"
        : $"{(rounding == Rounding.Nearest || kept == TimeResolution.SqlDateTime ? "rounded" : "cut")} to {kept}, the target's step";

    private static void AddSpelling(TypedPair pair, List<string> given)
    {
        var spelt = Sides.Both.Where(pair.Context.IsSqlite).Select(side => side.Spelt()).ToList();
        if (spelt.Count == 0)
            return;
        // A julian day holds some 40 µs, which SQLite's own functions round to milliseconds; a time of day is none.
        var julian = pair.Source.IsMoment ? ", julian days to the millisecond" : "";
        given.Add($"values of the {string.Join(" and the ", spelt)} are compared to 100 ns as what they name, however they are spelt{julian}");
    }

    private static string? Sentence(List<string> given) => given.Count == 0 ? null : string.Join("; ", given);
}
