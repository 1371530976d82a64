using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Verification;

namespace MigrationGuard.Initialisation;

/// <summary>The comparison's part of a drafted configuration.</summary>
internal static class ComparisonText
{
    private const string ReasonToBeGiven = "";

    public static void Write(CommentedJson json, string source, string target, DraftedComparison comparison)
    {
        json.Member(nameof(ComparisonOptions.Source), CommentedJson.Text(source))
            .Member(nameof(ComparisonOptions.Target), CommentedJson.Text(target))
            .Comment("Set FrozenAt to when the source stopped being written to, such as 2026-03-06T18:00:00+00:00: rows newer than that are a mismatch.")
            .Member(nameof(ComparisonOptions.Depth), CommentedJson.Text("rows"));
        json.Blank();
        if (comparison.Entities.Count == 0)
            json.Comment("No table was found on both sides.").Member(nameof(ComparisonOptions.Entities), "{}");
        else
            WriteEntities(json, comparison.Entities);
        json.Blank();
        WriteExcluded(json, comparison.Pairing.SourceOnly, comparison.IsDynamics);
        WriteLeftOut(json, comparison.Pairing);
        json.Blank();
        WriteQueries(json, comparison);
        WriteExpectedDifferences(json, comparison);
    }

    private static void WriteEntities(CommentedJson json, IReadOnlyList<DraftedEntity> entities)
    {
        json.BeginObject(nameof(ComparisonOptions.Entities));
        foreach (var entity in entities)
        {
            json.BeginObject(entity.Name);
            WriteEntity(json, entity.Guess);
            json.End();
        }
        json.End();
    }

    private static void WriteEntity(CommentedJson json, EntityGuess guess)
    {
        foreach (var remark in guess.Remarks)
            json.Comment(remark);
        json.Member(nameof(EntityOptions.Source), CommentedJson.Text(guess.Tables.Source.Name.ToString()))
            .Member(nameof(EntityOptions.Target), CommentedJson.Text(guess.Tables.Target.Name.ToString()));
        if (guess.Key.Count > 0)
            json.Member(nameof(EntityOptions.Key), CommentedJson.Texts(guess.Key));
        if (guess.CreatedOn is not null)
            json.Member(nameof(EntityOptions.CreatedOn), CommentedJson.Text(guess.CreatedOn));
        if (guess.ModifiedOn is not null)
            json.Member(nameof(EntityOptions.ModifiedOn), CommentedJson.Text(guess.ModifiedOn));
        if (guess.BreakdownBy.Count > 0)
        {
            json.Member(nameof(EntityOptions.BreakdownBy), CommentedJson.List(guess.BreakdownBy.Select(columns =>
                columns.Count == 1 ? CommentedJson.Text(columns[0]) : CommentedJson.Texts(columns))));
        }
        if (guess.IgnoreColumns.Count > 0)
            json.Member(nameof(EntityOptions.IgnoreColumns), CommentedJson.Texts(guess.IgnoreColumns));
        if (guess.TargetColumns.Count == 0)
            return;
        json.BeginObject(nameof(EntityOptions.TargetColumns));
        foreach (var (source, target) in guess.TargetColumns)
            json.Member(source, CommentedJson.Text(target));
        json.End();
    }

    private static void WriteExcluded(CommentedJson json, IReadOnlyList<Unpaired<Table>> sourceOnly, bool isDynamics)
    {
        if (sourceOnly.Count > 0)
        {
            json.Comment("No entity covers these tables of the source, so the verdict cannot be GO. Pair each by hand under Entities, or, when it is left out on purpose, move its line out of the comment, with its reason, into a list that takes the place of {}.");
            json.CommentLine("[");
            foreach (var table in sourceOnly)
            {
                var reason = (isDynamics ? UpgradeRules.WhyGone(table.Item.Name) : null) ?? ReasonToBeGiven;
                json.CommentLine($"  // {table.Item.Name}: {table.Reason}");
                json.CommentLine("  " + CommentedJson.Record(
                    (nameof(ExcludedTable.Table), CommentedJson.Text(table.Item.Name.ToString())),
                    (nameof(ExcludedTable.Reason), CommentedJson.Text(reason))) + ",");
            }
            json.CommentLine("]");
        }
        json.Member(nameof(ComparisonOptions.Excluded), "{}");
    }

    private static void WriteLeftOut(CommentedJson json, CataloguePairing pairing)
    {
        if (pairing.TargetOnly.Count > 0)
        {
            json.Blank().Comment("Tables of the target that no entity covers:");
            foreach (var table in pairing.TargetOnly)
                json.CommentLine($"  {table.Item.Name}: {table.Reason}");
        }
        if (pairing.Views.Count > 0)
        {
            json.Blank().Comment("Views on both sides. They show rows of tables that are compared already; one that computes something of its own may be added under Entities:");
            foreach (var view in pairing.Views)
                json.CommentLine($"  {view.Source.Name} and {view.Target.Name}");
        }
    }

    private static void WriteQueries(CommentedJson json, DraftedComparison comparison)
    {
        json.Comment($"{comparison.QueriesFolder}/generic is not among them: its row counts repeat what record-count counts exactly, and constraints, sequences and triggers differ wherever engines do. Add it where both sides should be alike in those too.");
        if (comparison.Queries.Count > 0)
            json.Member(nameof(ComparisonOptions.Queries), CommentedJson.Texts(comparison.Queries));
        else
            json.Comment($"{comparison.QueriesFolder}/dynamics-crm and {comparison.QueriesFolder}/sqlserver are for two SQL Servers. Name folders of queries of your own under Queries.");
    }

    private static void WriteExpectedDifferences(CommentedJson json, DraftedComparison comparison)
    {
        if (comparison.ExpectedDifferences.Count == 0)
            return;
        json.Blank()
            .Comment("An upgrade changes these tables although nothing is lost. To be approved: each line is without effect until ApprovedBy has a name and Expires a day. Take out what does not apply, and lower AtMost to what you expect; it is the larger side's rows by the server's own estimate.")
            .BeginList(nameof(ComparisonOptions.ExpectedDifferences));
        var rules = comparison.Entities.Where(entity => entity.Rule is not null).ToDictionary(entity => entity.Name, entity => entity.Rule!.Name);
        foreach (var rule in comparison.ExpectedDifferences.GroupBy(expected => rules[expected.Entity!]))
        {
            json.Comment(rule.Key);
            foreach (var expected in rule)
                json.Element(Line(expected));
        }
        json.End();
    }

    private static string Line(ExpectedDifferenceOptions expected)
    {
        var members = new List<(string, string)>
        {
            (nameof(expected.Entity), CommentedJson.Text(expected.Entity)),
            (nameof(expected.Check), CommentedJson.Text(expected.Check)),
            (nameof(expected.Kind), CommentedJson.Text(expected.Kind)),
        };
        if (expected.Columns.Count > 0)
            members.Add((nameof(expected.Columns), CommentedJson.Texts(expected.Columns)));
        if (expected.Groups.Count > 0)
            members.Add((nameof(expected.Groups), CommentedJson.List(expected.Groups.Select(group => CommentedJson.List(group.Select(CommentedJson.Text))))));
        if (expected.AtMost is { } atMost)
            members.Add((nameof(expected.AtMost), CommentedJson.Number(atMost)));
        members.Add((nameof(expected.Reason), CommentedJson.Text(expected.Reason)));
        members.Add((nameof(expected.ApprovedBy), "null"));
        members.Add((nameof(expected.Expires), "null"));
        return CommentedJson.Record(members);
    }
}
