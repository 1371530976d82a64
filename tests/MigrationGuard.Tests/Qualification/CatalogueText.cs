using System.Globalization;
using System.Text;
using MigrationGuard.Databases;
using MigrationGuard.Qualification;
using MigrationGuard.Qualification.Damages;

namespace MigrationGuard.Tests.Qualification;

/// <summary>The catalogue of corruptions as <c>CATALOGUE.md</c> has to have it.</summary>
internal static class CatalogueText
{
    public static string Write()
    {
        var text = new StringBuilder(Introduction);
        text.Append("\n| Engine | Corruptions |\n| --- | --- |\n");
        foreach (var provider in Enum.GetValues<Provider>())
            text.Append(CultureInfo.InvariantCulture, $"| {provider} | {CorruptionCatalogue.All.Count(corruption => corruption.IsOn(Dialect.For(provider)))} |\n");
        text.Append("\n## Rows of any table\n\nOn a table of each shape, in a column of integers.\n");
        Append(text, RowDamages.OfAnyTable);
        text.Append("\nWhere the comparison knows a key:\n");
        Append(text, RowDamages.OfKeys);
        text.Append("\nWhere the key begins with text:\n");
        Append(text, RowDamages.OfTextKeys);
        text.Append("\nWhere no key is enforced, so that a row can be there twice:\n");
        Append(text, RowDamages.OfRepeatedRows);
        text.Append("\n## Columns of any type\n\nOn a column of each type; the shapes take turns.\n");
        Append(text, RowDamages.OfAnyType);
        foreach (var type in ScratchType.All)
        {
            var held = Enum.GetValues<Provider>().Where(provider => Dialect.For(provider).Declare(type.Canonical) is null).ToList();
            text.Append(CultureInfo.InvariantCulture, $"\n## Values of type {type.Name}\n");
            if (held.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $"\nNot on {string.Join(" and ", held)}, which has no such type.\n");
            Append(text, CorruptionCatalogue.Of(type));
        }
        return text.ToString();
    }

    private static readonly string Introduction = $"""
        # What `qualify` plants

        Each corruption has two tables of its own: {string.Join(", ", KeyShape.All.Select(key => key.Name))} are the shapes they take. Both are
        filled with the same rows and verified: they must match. Then the target's rows are damaged as said here, and both are verified again: the rows and
        columns that differ must be found, exactly, and no others. Rows, and which of them are damaged, follow from the seed and the corruption's name.
        What has to be found is worked out from the rows by a comparison that shares nothing with the one that is qualified (`Expectation.cs`).

        The tests hold this file against the code.

        """;

    private static void Append(StringBuilder text, IReadOnlyList<Damage> damages)
    {
        text.Append("\n| Kind | What is done |\n| --- | --- |\n");
        foreach (var damage in damages)
        {
            var except = damage.NotOn.Count == 0 ? "" : $" Not on {string.Join(" and ", damage.NotOn)}, which cannot hold it.";
            text.Append(CultureInfo.InvariantCulture, $"| {damage.Kind} | {damage.What}{except} |\n");
        }
    }
}
