using System.Globalization;
using System.Text.RegularExpressions;
using MigrationGuard.Ledger;

namespace MigrationGuard.Evidence.Commitments;

/// <summary>What has to hold of a mapping beyond its shape.</summary>
internal static partial class MappingRules
{
    /// <summary>Everything that is wrong, with places within the mapping.</summary>
    public static IEnumerable<MappingProblem> Of(CommitmentMapping mapping) =>
        [.. Schema(mapping), .. Templates(mapping), .. mapping.Commitments.SelectMany(commitment => Commitment(commitment, mapping)), .. Twice(mapping), .. mapping.Risks.SelectMany(risk => Risk(risk, mapping))];

    private static IEnumerable<MappingProblem> Schema(CommitmentMapping mapping)
    {
        if (mapping.Schema != CommitmentMapping.CurrentSchema)
            yield return new("schema", $"is '{mapping.Schema}', which this program does not read.", $"It reads {CommitmentMapping.CurrentSchema}: begin anew from the commitments.json beside the program.");
        if (mapping.Commitments.Count == 0)
            yield return new("commitments", "has no entry.", "Nothing promised cannot be kept: add what was promised, or leave Evidence:Commitments out.");
    }

    private static IEnumerable<MappingProblem> Templates(CommitmentMapping mapping)
    {
        foreach (var template in mapping.Templates)
        {
            if (!DpiaTemplates.All.Contains(template.Key, StringComparer.Ordinal))
                yield return new($"templates: {template.Key}", "is no template that annexes are made for.", $"It is one of {string.Join(", ", DpiaTemplates.All)}.");
            foreach (var id in Repeated(template.Sections.Select(section => section.Id)))
                yield return new($"templates: {template.Key}", $"has section '{id}' twice.", "Leave one out.");
        }
        foreach (var key in Repeated(mapping.Templates.Select(template => template.Key)))
            yield return new($"templates: {key}", "is there twice.", "Leave one out.");
    }

    private static IEnumerable<MappingProblem> Commitment(Commitment commitment, CommitmentMapping mapping)
    {
        var place = $"commitment '{commitment.Id}'";
        if (!Id().IsMatch(commitment.Id))
            yield return new(place, "has an id that is not of letters, digits and . - alone.", "Ids stand in file names and in tables: take another.");
        if (string.IsNullOrWhiteSpace(commitment.Sentence))
            yield return new(place, "has no sentence.", "Say what was promised.");
        if (commitment.GoodForDays is <= 0)
            yield return new(place, string.Create(CultureInfo.InvariantCulture, $"has proof that is good for {commitment.GoodForDays} days."), "At least 1 day; leave goodForDays out where proof never grows old.");
        foreach (var proof in commitment.Proofs.Where(proof => ProofRequest.Parse(proof) is null))
            yield return new(place, $"asks for proof by '{proof}', which is none that there is.", $"Proofs are {ProofRequest.Known}.");
        foreach (var (key, sections) in commitment.Sections)
        {
            var template = mapping.Templates.FirstOrDefault(template => template.Key == key);
            if (template is null)
                yield return new(place, $"names the template '{key}', which is not under templates.", NearestName.Remedy(key, [.. mapping.Templates.Select(known => known.Key)]));
            foreach (var section in sections.Where(section => template is not null && template.Sections.All(known => known.Id != section)))
                yield return new(place, $"names section '{section}' of {key}, which the template does not have.", "Correct it, or add the section to the template.");
        }
    }

    private static IEnumerable<MappingProblem> Twice(CommitmentMapping mapping) =>
        Repeated(mapping.Commitments.Select(commitment => commitment.Id))
            .Select(id => new MappingProblem($"commitment '{id}'", "is there twice.", "Give one of the two another id."))
            .Concat(Repeated(mapping.Risks.Select(risk => risk.Id))
                .Select(id => new MappingProblem($"risk '{id}'", "is there twice.", "Give one of the two another id.")));

    private static IEnumerable<MappingProblem> Risk(Risk risk, CommitmentMapping mapping)
    {
        if (risk.Impact is < 1 or > 5 || risk.Probability is < 1 or > 5)
            yield return new($"risk '{risk.Id}'", "has an impact or a probability that is not from 1 to 5.", "Take both from the assessment's criteria.");
        foreach (var id in risk.RestsOn.Where(id => mapping.Commitments.All(commitment => commitment.Id != id)))
            yield return new($"risk '{risk.Id}'", $"rests on '{id}', which is no commitment.", "Correct the id, or add the commitment.");
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(alike => alike.Count() > 1).Select(alike => alike.Key);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9.-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
