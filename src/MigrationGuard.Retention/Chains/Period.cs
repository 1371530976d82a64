namespace MigrationGuard.Retention.Chains;

/// <summary>The moments in [From, To), in UTC.</summary>
public readonly record struct Period(DateTimeOffset From, DateTimeOffset To)
{
    public TimeSpan Length => To - From;

    public bool Contains(DateTimeOffset moment) => From <= moment && moment < To;

    /// <summary>The moments that are in any of the periods, as the fewest periods that hold them, in order.</summary>
    public static IReadOnlyList<Period> Union(IEnumerable<Period> periods)
    {
        var united = new List<Period>();
        foreach (var period in periods.Where(period => period.From < period.To).OrderBy(period => period.From))
        {
            if (united.Count == 0 || united[^1].To < period.From)
                united.Add(period);
            else if (united[^1].To < period.To)
                united[^1] = united[^1] with { To = period.To };
        }

        return united;
    }

    /// <summary>The moments of this period that are in none of the others, which are in order and do not overlap.</summary>
    public IReadOnlyList<Period> Without(IEnumerable<Period> others)
    {
        var left = new List<Period>();
        var from = From;
        foreach (var other in others)
        {
            if (other.To <= from)
                continue;
            if (other.From >= To)
                break;
            if (other.From > from)
                left.Add(new(from, other.From));
            from = other.To;
        }

        if (from < To)
            left.Add(new(from, To));
        return left;
    }

    public override string ToString() => $"{Moment.Say(From)} to {Moment.Say(To)}";
}
