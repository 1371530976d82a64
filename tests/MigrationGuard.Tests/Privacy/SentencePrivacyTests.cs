using MigrationGuard.Evidence.Privacy;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Tests.Privacy;

/// <summary>Sentences and statements of a run, as a pack may hold them.</summary>
public sealed class SentencePrivacyTests
{
    private const string Words = "(the words of the database are left out)";

    [Theory]
    [InlineData("The source could not be read: old: invalid input syntax for type integer: \"Ann\". (PostgreSQL error 22P02)", "The source could not be read: old: the database refused it " + Words + " (PostgreSQL error 22P02).")]
    [InlineData("The target could not be read: new: Ann ist keine Zahl, und auch Bob nicht (SQL Server error 245)", "The target could not be read: new: the database refused it " + Words + " (SQL Server error 245).")]
    [InlineData("The source could not be read: old: permission was denied: permission denied for Ann. Grant USAGE on the schema and SELECT on the table.", "The source could not be read: old: permission was denied " + Words + ".")]
    [InlineData("The source could not be read: old: the login was refused. Check the user, the password and pg_hba.conf.", "The source could not be read: old: the login was refused.")]
    [InlineData("The source could not be read: nowhere: the server cannot be reached: Ann. Check its name. The target could not be read: new: Ann.", "The source could not be read: nowhere: the server cannot be reached " + Words + ". The target could not be read: new: the database or its driver failed " + Words + ".")]
    [InlineData("Whether records were deleted too early is not known. The frozen copy could not be read: old: Ann. The live database could not be read: new: Ann.", "Whether records were deleted too early is not known. The frozen copy could not be read: old: the database or its driver failed " + Words + ". The live database could not be read: new: the database or its driver failed " + Words + ".")]
    [InlineData("History over connection old: the login needs SELECT. The history could not be read: old: permission was denied: denied to Ann.", "History over connection old: the login needs SELECT. The history could not be read: old: permission was denied " + Words + ".")]
    [InlineData("The source could not be read: Ann", "The source could not be read: the database or its driver failed " + Words + ".")]
    [InlineData("The source could not be read: old: reading failed with DataException. Report it, with what Ann is.", "The source could not be read: old: reading failed with DataException.")]
    [InlineData("old: Ann is no number.", "old: the database or its driver failed " + Words + ".")]
    [InlineData("Store Ann:5432: Ann.", "The ledger could not be read or written " + Words + ".")]
    public void Of_a_database_s_words_only_what_this_program_says_itself_is_kept(string reason, string shown) => ShouldBeShown(reason, shown);

    [Theory]
    [InlineData("Store offsite, container https://acct.blob.core.windows.net/backups, cannot be listed: the service refuses the credential (AuthenticationFailed). See that the key is right.", "Store offsite, container https://acct.blob.core.windows.net/backups, cannot be listed: the service refuses the credential (AuthenticationFailed).")]
    [InlineData("Store offsite, container https://a.blob.core.windows.net/b, cannot give https://a.blob.core.windows.net/b/x.bak: it is in the archive (BlobArchived). Have it brought back.", "Store offsite, container https://a.blob.core.windows.net/b, cannot give https://a.blob.core.windows.net/b/x.bak: it is in the archive (BlobArchived).")]
    [InlineData("Store share, folder /mnt/backups, holds nothing at all, which is what a share that is not mounted and a wrong path look like too. If that is right, take it out.", "Store share, folder /mnt/backups, holds nothing at all, which is what a share that is not mounted and a wrong path look like too.")]
    [InlineData("Store share, folder /mnt/backups, does not exist, or may not be seen by this account. Correct Folder.", "Store share, folder /mnt/backups, does not exist, or may not be seen by this account.")]
    [InlineData("Store a, folder /mnt/a, does not exist. Store b, manifest /m.csv, is not UTF-8. Export it.", "Store a, folder /mnt/a, does not exist. Store b, manifest /m.csv, is not UTF-8.")]
    [InlineData("Nothing is known of it. Store a, folder /mnt/a, cannot be read: Ann. Let this account read it.", "Nothing is known of it. Store a, folder /mnt/a, could not be read " + Words + ".")]
    [InlineData("Store a, folder /mnt/a, cannot be read: Access to Ann, does not exist. Let this account read it.", "Store a, folder /mnt/a, could not be read " + Words + ".")]
    [InlineData("Store a, manifest /m.csv, cannot be used. Line 7 holds Ann. Then run again.", "Store a, manifest /m.csv, cannot be used.")]
    [InlineData("Store a, container https://a/b, cannot be ann.", "Store a, container https://a/b, could not be read " + Words + ".")]
    [InlineData("Store a, container https://a/b, cannot be listed: Ann (AuthenticationFailed).", "Store a, container https://a/b, could not be read " + Words + ".")]
    [InlineData("Store db.example.org: Ann, folder /mnt/a, does not exist.", "The ledger could not be read or written " + Words + ".")]
    public void Of_a_place_of_back_ups_only_what_this_program_says_itself_is_kept(string reason, string shown) => ShouldBeShown(reason, shown);

    [Theory]
    [InlineData("The result of q on the source has two rows with the key Ann, 17. Name the columns that identify a row.", "The result of q on the source has two rows with the key [left out]. Name the columns that identify a row.")]
    [InlineData("Key (email, no)=(ann@x.org, 7) already exists.", "Key (email, no)=([left out]) already exists.")]
    [InlineData("The duplicate key value is (Ann, 7).", "The duplicate key value is ([left out]).")]
    [InlineData("Failing row contains (1, Ann (7), null).", "Failing row contains ([left out]).")]
    [InlineData("Arithmetic overflow error for type tinyint, value = 256.", "Arithmetic overflow error for type tinyint, value = [left out]")]
    public void Values_without_quotation_marks_are_known_by_what_stands_around_them(string reason, string shown) => ShouldBeShown(reason, shown);

    [Theory]
    [InlineData("It holds 'Ann' and more.", "It holds [left out] and more.")]
    [InlineData("It holds “Ann” and „Bob“ and more.", "It holds [left out] and more.")]
    [InlineData("It holds 'O'Ann' and 'Ann' Bob' here.", "It holds [left out] here.")]
    [InlineData("It holds «Ann», \"Bob\" and `Cy` here.", "It holds [left out] here.")]
    [InlineData("It holds N'Ann' here.", "It holds [left out] here.")]
    [InlineData("It holds 'Ann and never ends", "It holds [left out]")]
    [InlineData("The source's column 'town' of \"case\" in “old” is the target's.", "The source's column 'town' of \"case\" in “old” is the target's.")]
    [InlineData("The column 'town' holds 'Ann' here.", "The column 'town' holds [left out] here.")]
    [InlineData("Both sides' parts are the same.", "Both sides' parts are the same.")]
    public void What_is_quoted_and_is_no_name_is_left_out(string reason, string shown) => ShouldBeShown(reason, shown);

    [Theory]
    [InlineData("Ask jo.smith+x@example.co.uk today.", "Ask [left out] today.")]
    [InlineData("Use postgres://mg:secret@host/db here.", "Use [left out] here.")]
    [InlineData("With Password=hunter2 it works.", "With [left out] it works.")]
    [InlineData("See /home/jo/queries and C:\\Users\\jo\\queries now.", "See /home/[left out]/queries and C:\\Users\\[left out]\\queries now.")]
    [InlineData("CORP\\jo said so.", "[left out] said so.")]
    public void Addresses_passwords_and_accounts_never_pass(string reason, string shown) => ShouldBeShown(reason, shown);

    [Fact]
    public void A_connection_string_never_passes()
    {
        foreach (var text in new[] { "Server=old;Database=crm;User Id=jo;Password=hunter2", "Host=h;Username=jo;Password='a b'; SSL Mode=Require" })
        {
            var shown = Shown("Reached with " + text);
            foreach (var part in new[] { "jo", "hunter2", "a b", "crm;" })
                shown.ShouldNotContain(part);
        }
    }

    [Theory]
    [InlineData("SELECT 'x', count(*) FROM [people] WHERE ([name] = N'O''Ann' AND StateCode = 3 AND id <> 1234567 AND \"x\" > 1.5) GROUP BY [a's]", "SELECT 'x', count(*) FROM [people] WHERE ([name] = '[left out]' AND StateCode = 3 AND id <> [left out] AND \"[left out]\" > [left out]) GROUP BY [a's]")]
    [InlineData("SELECT convert(x, 'yyyy') FROM [WHERE (] GROUP BY [b]", "SELECT convert(x, 'yyyy') FROM [WHERE (] GROUP BY [b]")]
    [InlineData("SELECT 1 FROM t WHERE (name = 'never ends)", "[left out]")]
    public void Of_a_statement_only_the_filters_literals_are_left_out(string sql, string shown) =>
        PackPrivacyTests.Shown(PackPrivacyTests.Count() with { SourceSql = sql }).SourceSql.ShouldBe(shown);

    [Theory]
    [InlineData("-- for Ann\nSELECT 'Ann', E'a\\'Ann', $$Ann$$, $t$Ann$t$, \"town\", $1, 0x41, 7 /* Ann /* Bob */ */ FROM x", "-- [left out]\nSELECT '[left out]', '[left out]', '[left out]', '[left out]', \"town\", $1, [left out], 7 /* [left out] */ FROM x")]
    [InlineData("SELECT ARRAY['Ann'], U&'Ann', x'41'", "SELECT ARRAY['[left out]'], '[left out]', '[left out]'")]
    public void Of_a_query_all_literals_and_comments_are_left_out(string sql, string shown) =>
        PackPrivacyTests.Shown(PackPrivacyTests.Count() with { Entity = null, Check = "query:q", TargetSql = sql }).TargetSql.ShouldBe(shown);

    [Fact]
    public void A_query_that_the_program_ships_with_stays_whole_and_one_of_an_unknown_engine_does_not()
    {
        const string sql = "SELECT 'account' AS entity";
        var query = PackPrivacyTests.Count() with { Entity = null, Check = "query:q", SourceSql = sql };
        var run = PackPrivacyTests.Run(query);
        PackPrivacy.Of(run, new([], [sql], []), new byte[32]).Results[0].SourceSql.ShouldBe(sql);
        PackPrivacy.Of(run with { Servers = [] }, DeclaredCodes.None, new byte[32]).Results[0].SourceSql.ShouldBe("[left out]");
    }

    [Fact]
    public void A_note_of_a_filter_shows_the_filter_as_the_statement_does()
    {
        var result = PackPrivacyTests.Count() with { Notes = ["Only rows of the source where name <> N'Ann' AND StateCode = 3 are compared."] };
        PackPrivacyTests.Shown(result).Notes.ShouldBe(["Only rows of the source where name <> '[left out]' AND StateCode = 3 are compared."]);
        PackPrivacyTests.Shown(result with { Notes = [], Narrowed = result.Notes }).Narrowed.ShouldBe(["Only rows of the source where name <> '[left out]' AND StateCode = 3 are compared."]);
    }

    [Theory]
    [InlineData("SQLite", "target", "live database", "\"state\" IN (1) AND \"Kind\" COLLATE BINARY IN ('Ann')", "\"state\" IN (1) AND \"Kind\" COLLATE BINARY IN ('[left out]')")]
    [InlineData("SQLite", "source", "frozen copy", "\"kind\" = \"Ann\"", "\"kind\" = \"[left out]\"")]
    [InlineData("SQL Server", "target", "live database", "[state] IN (1) AND [kind] IN (N'Ann')", "[state] IN (1) AND [kind] IN ('[left out]')")]
    [InlineData("PostgreSQL", "target", "live database", "\"state\" IN (1) AND \"kind\" IN ('Ann')", "\"state\" IN (1) AND \"kind\" IN ('[left out]')")]
    [InlineData("SQLite", "target", "live database", "\"town\" IN (1)", "\"[left out]\" IN (1)")]
    [InlineData("SQLite", "target", "live database", "\"a \"\"b\"\"\" IN (1)", "\"a \"\"b\"\"\" IN (1)")]
    public void Of_records_the_columns_that_the_configuration_names_are_shown_and_their_values_are_not(string engine, string side, string place, string filter, string shown)
    {
        var codes = new DeclaredCodes([], [], [], [("records", "cases", "state"), ("records", "cases", "kind"), ("records", "cases", "a \"b\""), ("records", "other", "town")]);
        var sql = $"SELECT \"closed\" FROM \"case\" WHERE ({filter})";
        var result = new CheckResult { Comparison = "records", Entity = "Cases", Check = "retention:12.1", Outcome = new CheckOutcome.Match(), Narrowed = [LeftOutNotes.OfRecords(place, filter)], TargetSql = sql };
        var run = PackPrivacyTests.Run(result) with { Kind = RunKinds.Records, Servers = [new("records", side, "new", engine, "1", "crm", null, "one snapshot"), new("records", side == "source" ? "target" : "source", "old", engine, "1", "crm", null, "one snapshot")] };
        var packed = PackPrivacy.Of(run, codes, new byte[32]).Results[0];
        packed.Narrowed.ShouldBe([$"Only rows of the {place} where {shown} are looked at."]);
        packed.TargetSql.ShouldBe(sql.Replace(filter, shown, StringComparison.Ordinal));
    }

    private static void ShouldBeShown(string reason, string shown) => Shown(reason).ShouldBe(shown);

    private static string Shown(string reason)
    {
        var column = PackPrivacyTests.Count() with { Check = CheckNames.EntityBreakdown, By = ["town"] };
        var run = PackPrivacyTests.Run(PackPrivacyTests.Count() with { Outcome = new CheckOutcome.NotChecked(reason) }, column);
        return ((CheckOutcome.NotChecked)PackPrivacy.Of(run, DeclaredCodes.None, new byte[32]).Results[0].Outcome).Reason;
    }
}
