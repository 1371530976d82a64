using MigrationGuard.Databases;

namespace MigrationGuard.Tests.Servers;

/// <summary>The engines that a suite runs against, for <c>[SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]</c>.</summary>
public static class EnginePairs
{
    /// <summary>Each engine by itself.</summary>
    public static TheoryData<Provider> Engines => [.. Enum.GetValues<Provider>()];

    /// <summary>Source and target, each pair of engines in both directions.</summary>
    public static TheoryData<Provider, Provider> All
    {
        get
        {
            var pairs = new TheoryData<Provider, Provider>();
            foreach (var source in Enum.GetValues<Provider>())
            {
                foreach (var target in Enum.GetValues<Provider>())
                    pairs.Add(source, target);
            }
            return pairs;
        }
    }
}
