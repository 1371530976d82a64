using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.People;

/// <summary>People and roles as configured: who an account is, who holds a role, whose clock counts.</summary>
/// <param name="people">By the keys that assets, roles and deliveries name them by.</param>
/// <param name="roles">By their names.</param>
/// <param name="zone">The zone of whoever names none.</param>
public sealed class PeopleDirectory(IReadOnlyDictionary<string, PersonOptions> people, IReadOnlyDictionary<string, RoleOptions> roles, TimeZoneInfo zone)
{
    private readonly Dictionary<string, PersonOptions> _people = new(people, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RoleOptions> _roles = new(roles, StringComparer.OrdinalIgnoreCase);

    /// <summary>The zone of whoever names none.</summary>
    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>Somebody by their key; null when nobody has it.</summary>
    public PersonOptions? Person(string key) => _people.GetValueOrDefault(key);

    /// <summary>Keys of the people who hold a role; none for a role that is not configured.</summary>
    public IReadOnlyList<string> Holders(string role) => _roles.GetValueOrDefault(role)?.People ?? [];

    /// <summary>The keys of everybody.</summary>
    public IReadOnlyCollection<string> People => _people.Keys;

    /// <summary>The names of all roles.</summary>
    public IReadOnlyCollection<string> Roles => _roles.Keys;

    public bool IsRole(string role) => _roles.ContainsKey(role);

    /// <summary>The key of the person whose account this is; null when it is nobody's.</summary>
    /// <remarks>
    /// Accounts are compared in any case, as Windows does. Whom the actor says it acts for plays no part: a person is who is logged
    /// in, and two people are two accounts.
    /// </remarks>
    public string? PersonOf(Actor actor) => _people
        .FirstOrDefault(person => person.Value.Accounts.Contains(actor.Account, StringComparer.OrdinalIgnoreCase)).Key;

    public bool Holds(string person, string role) => Holders(role).Contains(person, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whose day and hour count for somebody.</summary>
    /// <param name="person">A person's key; null, or a key that nobody has, for the zone of whoever names none.</param>
    public TimeZoneInfo ZoneOf(string? person) =>
        person is not null && Person(person)?.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : Zone;
}
