using System.Text.RegularExpressions;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Decommissioning.Obligations;
using MigrationGuard.Verification;

namespace MigrationGuard.Configuration;

/// <summary>The rules of obligations, and of telling partners, which is one that nobody has to list.</summary>
internal static partial class ObligationRules
{
    // A year: whoever was told later was not told.
    private const double MostHours = 8784;

    // Names of the obligations that there are without being listed.
    private static readonly string[] Reserved = ["deletion-review", "partner-notice"];

    public static IEnumerable<ConfigurationProblem> Check(MigrationGuardOptions options) =>
    [
        .. options.Obligations.SelectMany(obligation => Obligation(obligation.Key, obligation.Value, new KnownNames(options))),
        .. options.Comparisons
            .Where(comparison => comparison.Value.Partner is not null)
            .SelectMany(comparison => Partner(ConfigurationPlace.Below("", "Comparisons", comparison.Key, "Partner"), comparison.Value.Partner!, new KnownNames(options))),
    ];

    private static IEnumerable<ConfigurationProblem> Obligation(string name, ObligationOptions obligation, KnownNames known)
    {
        var place = ConfigurationPlace.Below("", "Obligations", name);
        string At(string option) => ConfigurationPlace.Below(place, option);
        if (!NameShape().IsMatch(name))
            yield return new(place, "is not a name that the ledger can hold.", "Use up to 50 letters, digits and _ - only, a letter or digit first.");
        else if (Reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
            yield return new(place, "is the name of an obligation that there always is.", "Choose another name.");
        if (string.IsNullOrWhiteSpace(obligation.Title) || !AssetNames.IsOneLine(obligation.Title))
            yield return new(At(nameof(obligation.Title)), "is missing, or not on one line.", "Say what has to be done: messages and lists show it.");
        if (!AssetNames.IsOneLine(obligation.Source))
            yield return new(At(nameof(obligation.Source)), "has several lines, or unseen characters.", "Write it on one line: messages and lists show it.");
        foreach (var problem in known.RequiredRole(At(nameof(obligation.OwnerRole)), obligation.OwnerRole, "Name the role that owns it."))
            yield return problem;
        if (obligation.From is not { } from)
            yield return new(At(nameof(obligation.From)), "is missing.", "Write the day the months are counted from, such as \"2026-01-31\".");
        else if (!AssetNames.IsPlausible(from))
            yield return new(At(nameof(obligation.From)), "is not between 1990 and 2199.", "Check the year.");
        foreach (var problem in RecurrenceRules.Check(place, new(obligation.EveryMonths, obligation.RemindDaysBefore, obligation.Escalations, obligation.Hour), known))
            yield return problem;
        foreach (var problem in RecurrenceRules.Roles(At(nameof(obligation.CompletedBy)), obligation.CompletedBy, known))
            yield return problem;
    }

    private static IEnumerable<ConfigurationProblem> Partner(string place, PartnerOptions partner, KnownNames known)
    {
        string At(string option) => ConfigurationPlace.Below(place, option);
        if (string.IsNullOrWhiteSpace(partner.Name) || !AssetNames.IsOneLine(partner.Name))
            yield return new(At(nameof(partner.Name)), "is missing, or not on one line.", "Write who relies on the data.");
        if (string.IsNullOrWhiteSpace(partner.Contact) || !AssetNames.IsOneLine(partner.Contact))
            yield return new(At(nameof(partner.Contact)), "is missing, or not on one line.", "Write whom to tell there, and how.");
        foreach (var problem in known.RequiredRole(At(nameof(partner.OwnerRole)), partner.OwnerRole, "Name the role that tells the partner."))
            yield return problem;
        if (partner.TellWithinHours is not (> 0 and <= MostHours))
            yield return new(At(nameof(partner.TellWithinHours)), "is not more than 0 and at most 8784.", "Write within how many hours the partner is to be told.");
        foreach (var problem in known.RequiredRole(At(nameof(partner.EscalateTo)), partner.EscalateTo, "Name the role that hears of it when the partner was not told."))
            yield return problem;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]{0,49}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameShape();
}
