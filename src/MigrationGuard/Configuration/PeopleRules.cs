using System.Globalization;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Ledger.People;

namespace MigrationGuard.Configuration;

/// <summary>The rules of people, of roles and of the zone their days are counted in.</summary>
internal static class PeopleRules
{
    public static IEnumerable<ConfigurationProblem> Check(MigrationGuardOptions options) =>
    [
        .. ConfigurationRules.TimeZone("Project:TimeZone", options.Project.TimeZone),
        .. options.People.SelectMany(person => Person(person.Key, person.Value)),
        .. SharedAccounts(options.People),
        .. options.Roles.SelectMany(role => Role(role.Key, role.Value, new KnownNames(options))),
    ];

    private static IEnumerable<ConfigurationProblem> Person(string key, PersonOptions person)
    {
        string At(string option) => ConfigurationPlace.Below("", "People", key, option);
        if (!AssetNames.IsName(key))
            yield return new(ConfigurationPlace.Below("", "People", key), "is not a key that the ledger can hold.", AssetNames.Remedy);
        // What of a person goes into mail, the notifications' own rules look at.
        if (string.IsNullOrWhiteSpace(person.Name))
            yield return new(At(nameof(person.Name)), "is missing.", "Write the name as messages and reports shall show it.");
        if (person.TimeZone is not null)
        {
            foreach (var problem in ConfigurationRules.TimeZone(At(nameof(person.TimeZone)), person.TimeZone))
                yield return problem;
        }
        for (var index = 0; index < person.Accounts.Count; index++)
        {
            if (string.IsNullOrWhiteSpace(person.Accounts[index]))
                yield return new(ConfigurationPlace.Below(At(nameof(person.Accounts)), index.ToString(CultureInfo.InvariantCulture)), "is empty.", "Write an operating-system account, or remove it.");
        }
    }

    // Where two people are needed they are two accounts: one that both claim would make them one.
    private static IEnumerable<ConfigurationProblem> SharedAccounts(IReadOnlyDictionary<string, PersonOptions> people) => people
        .SelectMany(person => person.Value.Accounts
            .Select((account, index) => (Account: account, Place: ConfigurationPlace.Below("", "People", person.Key, nameof(PersonOptions.Accounts), index.ToString(CultureInfo.InvariantCulture)))))
        .Where(claim => !string.IsNullOrWhiteSpace(claim.Account))
        .GroupBy(claim => claim.Account, StringComparer.OrdinalIgnoreCase)
        .SelectMany(claims => claims.Skip(1).Select(claim =>
            new ConfigurationProblem(claim.Place, $"is claimed at {claims.First().Place} too.", "An account is one person's: leave it with that person only.")));

    private static IEnumerable<ConfigurationProblem> Role(string name, RoleOptions role, KnownNames known)
    {
        var place = ConfigurationPlace.Below("", "Roles", name);
        var people = ConfigurationPlace.Below(place, nameof(role.People));
        if (!AssetNames.IsOneLine(name))
            yield return new(place, "has a name of several lines, or of unseen characters.", "Give it a plain name: messages show it.");
        if (role.People.Count == 0)
            yield return new(people, "is empty, so that nobody holds the role.", "Name somebody who is under People.");
        for (var index = 0; index < role.People.Count; index++)
        {
            foreach (var problem in known.Person(ConfigurationPlace.Below(people, index.ToString(CultureInfo.InvariantCulture)), role.People[index]))
                yield return problem;
        }
    }
}
