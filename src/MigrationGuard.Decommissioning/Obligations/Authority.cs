using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.People;

namespace MigrationGuard.Decommissioning.Obligations;

/// <summary>Who may decide what.</summary>
internal static class Authority
{
    /// <summary>The key of the person behind the account.</summary>
    /// <exception cref="DecommissioningException">The account is nobody's.</exception>
    public static string RequirePerson(PeopleDirectory people, Actor actor) => people.PersonOf(actor)
        ?? throw new DecommissioningException(
            $"Account {actor.Account}",
            "is nobody's under People, and a decision needs somebody who made it.",
            "Add the account to its person's Accounts. --on-behalf-of is recorded, but makes nobody a decider.");

    /// <exception cref="DecommissioningException">The person neither owns it nor holds any of the roles.</exception>
    public static void RequireAny(PeopleDirectory people, Actor actor, string person, IReadOnlyList<string> roles, string? owner, string what)
    {
        if (string.Equals(person, owner, StringComparison.OrdinalIgnoreCase) || roles.Any(role => people.Holds(person, role)))
            return;
        throw new DecommissioningException(
            $"Account {actor.Account}",
            $"is {person}, who may not: {what} by {string.Join(", or ", roles)}.",
            "Let one of them do it from their own account.");
    }

    /// <exception cref="DecommissioningException">Nothing is said.</exception>
    public static string RequireReason(string reason) => string.IsNullOrWhiteSpace(reason)
        ? throw new DecommissioningException("--reason", "is empty.", "Say why: it is the evidence of the decision.")
        : reason.Trim();

    /// <summary>The payload with who it was, by key and by name. The payload can be erased; the chain holds a pseudonym.</summary>
    public static JsonObject Signed(JsonObject payload, PeopleDirectory people, string person)
    {
        var signed = payload.DeepClone().AsObject();
        signed["person"] = person;
        signed["name"] = people.Person(person)?.Name;
        return signed;
    }
}
