using System.Text.RegularExpressions;

namespace MigrationGuard.Ledger.Attestations;

/// <summary>An attestation as somebody makes it, before it is in the ledger.</summary>
/// <param name="Kind">One of <see cref="AttestationKinds"/>, or a name of the project's own.</param>
/// <param name="At">When what is stated happened.</param>
/// <param name="Asset">The asset that it is about, by its name in any case; null where it is about the whole project.</param>
/// <param name="Run">The run that it is about, by its id, an unambiguous beginning of it, or <c>latest</c>; null where it is about none.</param>
/// <param name="Corrects">The attestation that this one corrects, by its id or an unambiguous beginning of it; null where it corrects none.</param>
public sealed partial record AttestationDraft(
    string Kind, AttestedOutcome Outcome, string Statement, string Who, string Role, DateTimeOffset At, string? Asset = null, string? Run = null, string? Corrects = null)
{
    /// <summary>The draft without blanks around what it says.</summary>
    /// <param name="now">The moment that nothing stated may lie after.</param>
    /// <exception cref="AttestationException">Something is missing, is no name, or lies ahead.</exception>
    public AttestationDraft Checked(DateTimeOffset now)
    {
        if (!KindShape().IsMatch(Kind))
            throw new AttestationException($"Kind {Kind}", "is no name of a kind.", "Use at most 50 lower-case letters, digits and hyphens, such as user-testing.");
        if (At > now)
            throw new AttestationException("The moment", "lies in the future, and nobody can state what has not happened.", "Say when it happened; with an offset, such as +01:00, if the project's zone is not yours.");
        return this with { Statement = Said(Statement, "The statement"), Who = Said(Who, "Who states it"), Role = Said(Role, "The role") };
    }

    private static string Said(string text, string what) => string.IsNullOrWhiteSpace(text)
        ? throw new AttestationException(what, "is blank.", "Say it: years later this is all there is to read.")
        : text.Trim();

    [GeneratedRegex(@"\A[a-z0-9-]{1,50}\z", RegexOptions.CultureInvariant)]
    private static partial Regex KindShape();
}
