using MigrationGuard.Ledger.People;

namespace MigrationGuard.Ledger.Outbox;

/// <summary>Who hears of what: from owners and roles to recipients.</summary>
/// <param name="addressing">From people to the channels that reach them.</param>
/// <param name="alertRole">Who hears what would otherwise reach nobody; null for nobody.</param>
public sealed class Audience(PeopleDirectory people, Addressing addressing, string? alertRole)
{
    /// <summary>The owner of something: the person named, or else whoever holds the role.</summary>
    /// <param name="owner">The owner's key; null where a role owns it.</param>
    public IReadOnlyList<Recipient> Owner(string notification, string topic, string ownerRole, string? owner) =>
        Reach(notification, topic, owner is not null && people.Person(owner) is not null ? [owner] : people.Holders(ownerRole));

    /// <summary>Whoever holds a role.</summary>
    public IReadOnlyList<Recipient> Role(string notification, string topic, string role) => Reach(notification, topic, people.Holders(role));

    /// <summary>People by their keys; whoever looks after the program itself where none of them is known any more.</summary>
    public IReadOnlyList<Recipient> Named(string notification, string topic, IReadOnlyList<string> named) =>
        Reach(notification, topic, [.. named.Where(key => people.Person(key) is not null)]);

    /// <summary>Whoever looks after the program itself.</summary>
    public IReadOnlyList<Recipient> Alerts(string notification, string topic) => Reach(notification, topic, []);

    // What is for somebody who has left, or for a role that nobody holds any more, must not be for nobody.
    private IReadOnlyList<Recipient> Reach(string notification, string topic, IReadOnlyList<string> keys) =>
        addressing(notification, topic, keys.Count > 0 || alertRole is null ? keys : people.Holders(alertRole));
}
