using System.Buffers.Binary;

namespace MigrationGuard.Demo;

/// <summary>Pseudo-random choices that are the same for the same seed, on every machine (the SplitMix64 generator).</summary>
/// <remarks>
/// <see cref="Random"/> does not promise its sequence across versions of .NET, and the planted defects are stated in
/// exact numbers.
/// </remarks>
internal sealed class DemoRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A whole number in [0, <paramref name="limit"/>).</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>True in <paramref name="percent"/> of a hundred cases.</summary>
    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    /// <summary>A state and its status, each as often as its weight says.</summary>
    public (int State, int Status) Pick(IReadOnlyList<WeightedStatus> from)
    {
        var at = Below(from.Sum(status => status.Weight));
        foreach (var (state, status, weight) in from)
        {
            if (at < weight)
                return (state, status);
            at -= weight;
        }
        throw new InvalidOperationException("The weights changed while one was picked.");
    }

    /// <summary>When a row was made and when it was last changed: both in office hours, within [<paramref name="first"/>, <paramref name="last"/>].</summary>
    public (DateTime Created, DateTime Modified) Lifetime(DateOnly first, DateOnly last)
    {
        var created = InOfficeHours(first, last);
        var modified = InOfficeHours(DateOnly.FromDateTime(created), last);
        return (created, modified < created ? created : modified);
    }

    /// <summary>A unique identifier in its lower-case hyphenated form.</summary>
    public string UniqueIdentifier()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Next());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Next());
        // Version 4, variant 1 (RFC 9562, section 5.4): what a server would have made at random.
        bytes[6] = (byte)(0x40 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    private DateTime InOfficeHours(DateOnly first, DateOnly last)
    {
        const int opensAtHour = 8, closesAtHour = 17;
        var day = first.AddDays(Below(last.DayNumber - first.DayNumber + 1));
        return day.ToDateTime(new TimeOnly(opensAtHour, 0), DateTimeKind.Utc).AddSeconds(Below((closesAtHour - opensAtHour) * 3600));
    }

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}

/// <summary>A state with one of its statuses, and how often the two occur among the others of a table.</summary>
internal readonly record struct WeightedStatus(int State, int Status, int Weight);
