using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Initialisation;

/// <summary>A thing of the source and the thing of the target that goes by the same name.</summary>
public sealed record NamePair<T>(T Source, T Target);

/// <summary>A thing that has no partner on the other side, and why.</summary>
public sealed record Unpaired<T>(T Item, string Reason);

/// <summary>Something with a name, and the ways in which the name may be spelt, the closest first and the loosest last.</summary>
internal sealed record Named<T>(T Item, string Display, IReadOnlyList<TableName> Spellings);

/// <summary>The pairs found, and what is left on either side; all in the order in which they came.</summary>
internal sealed record PairedNames<T>(
    IReadOnlyList<NamePair<T>> Pairs,
    IReadOnlyList<Unpaired<T>> SourceOnly,
    IReadOnlyList<Unpaired<T>> TargetOnly);

/// <summary>Pairs two lists by name, closest spelling first.</summary>
/// <remarks>
/// A pair is made only where one name of the source meets one of the target. Taking either of two candidates would be a
/// guess, and a comparison of the wrong tables looks just like lost data. The sides are treated alike, so that swapping
/// source and target gives the same pairs.
/// </remarks>
internal static class NamePairing
{
    public static PairedNames<T> Pair<T>(IReadOnlyList<Named<T>> source, IReadOnlyList<Named<T>> target)
        where T : class
    {
        var partners = new Dictionary<Named<T>, Named<T>>(ReferenceEqualityComparer.Instance);
        var closenesses = source.Concat(target).Select(name => name.Spellings.Count).FirstOrDefault();
        for (var closeness = 0; closeness < closenesses; closeness++)
        {
            var candidates = Open(target, partners).ToLookup(name => name.Spellings[closeness]);
            foreach (var group in Open(source, partners).GroupBy(name => name.Spellings[closeness]).ToList())
            {
                if (group.Count() != 1 || candidates[group.Key].Count() != 1)
                    continue;
                var (one, other) = (group.Single(), candidates[group.Key].Single());
                partners.Add(one, other);
                partners.Add(other, one);
            }
        }
        return new PairedNames<T>(
            [.. source.Where(partners.ContainsKey).Select(name => new NamePair<T>(name.Item, partners[name].Item))],
            Left(source, target, partners),
            Left(target, source, partners));
    }

    private static IEnumerable<Named<T>> Open<T>(IEnumerable<Named<T>> names, Dictionary<Named<T>, Named<T>> partners) =>
        names.Where(name => !partners.ContainsKey(name));

    private static List<Unpaired<T>> Left<T>(
        IReadOnlyList<Named<T>> side,
        IReadOnlyList<Named<T>> otherSide,
        Dictionary<Named<T>, Named<T>> partners)
    {
        var mine = side.ToLookup(name => name.Spellings[^1]);
        var theirs = otherSide.ToLookup(name => name.Spellings[^1]);
        return [.. Open(side, partners).Select(name =>
            new Unpaired<T>(name.Item, Reason(name, [.. mine[name.Spellings[^1]]], [.. theirs[name.Spellings[^1]]], partners)))];
    }

    private static string Reason<T>(
        Named<T> name,
        IReadOnlyList<Named<T>> mine,
        IReadOnlyList<Named<T>> theirs,
        Dictionary<Named<T>, Named<T>> partners)
    {
        if (theirs.Count == 0)
            return "nothing on the other side has this name";
        var open = Open(theirs, partners).ToList();
        if (open.Count == 0)
            return $"{theirs[0].Display} is paired with {partners[theirs[0]].Display}, whose name is closer";
        var rivals = Open(mine, partners).Where(rival => !ReferenceEquals(rival, name)).Select(rival => rival.Display).ToList();
        return rivals.Count == 0
            ? $"ambiguous: it may be any of {string.Join(", ", open.Select(other => other.Display))}"
            : $"ambiguous: {string.Join(", ", open.Select(other => other.Display))} may also be {string.Join(", ", rivals)}";
    }
}
