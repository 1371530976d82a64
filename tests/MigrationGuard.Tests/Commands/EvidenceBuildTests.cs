using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Retention.Records;
using MigrationGuard.Tests.Decommissioning;
using MigrationGuard.Tests.Ledger.Checkpoints;

namespace MigrationGuard.Tests.Commands;

/// <summary><c>evidence build</c>: from a verified migration to a pack that verifies.</summary>
public sealed class EvidenceBuildTests
{
    private const string Counts = "rec-4.3.c.i";

    [Fact]
    public async Task A_pack_of_a_run_verifies_and_the_ledger_knows_of_it()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var run = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done).Document;

        var (pack, built) = await BuildAsync(migration, "--run", "latest");
        ((string)built["pack"]!).ShouldBe(Path.GetFileName(pack));
        Standing(built, Counts).ShouldBe("kept");
        foreach (var file in new[] { PackPaths.ReportHtml, PackPaths.ReportWord, PackPaths.ReportJson, PackPaths.Claims, PackPaths.Environment, PackPaths.Qualification, PackPaths.Runs, PackPaths.AuditSegment, PackPaths.AuditCheckpoint })
            File.Exists(Path.Combine(pack, file)).ShouldBeTrue(file);
        File.ReadAllText(Path.Combine(pack, PackPaths.Qualification)).ShouldContain("nothing shows that it can find anything");
        Directory.GetFiles(Path.Combine(pack, "data/results", run.Run), "*.csv").Length.ShouldBe(run.Results.Count);

        await VerifiesAsync(migration, pack);
        var ledger = (await migration.RunAsync("ledger", "export")).ShouldExitWith(ExitCode.Done).Output;
        ledger.ShouldContain($"\"kind\":\"pack-built\",\"actor\":\"{Actor(ledger)}\",\"subject\":\"{Path.GetFileName(pack)}\"");
        (await migration.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }

    [Fact]
    public async Task A_difference_is_a_breach_in_the_pack_and_the_pack_still_verifies()
    {
        await using var migration = await CommandMigration.CreateAsync();
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = (SELECT MIN(id) FROM cases)");
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.NoGo);

        var (pack, built) = await BuildAsync(migration, "--all");
        Standing(built, Counts).ShouldBe("breached");
        File.ReadAllText(Path.Combine(pack, PackPaths.Claims)).ShouldContain("breached");
        await VerifiesAsync(migration, pack);
    }

    [Fact]
    public async Task A_pack_that_somebody_changed_does_not_verify()
    {
        await using var migration = await CommandMigration.CreateAsync();
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        var (pack, _) = await BuildAsync(migration, "--run", "latest");
        var claims = Path.Combine(pack, PackPaths.Claims);

        File.WriteAllText(claims, File.ReadAllText(claims).Replace("unproven", "kept", StringComparison.Ordinal));
        (await migration.RunAsync("evidence", "verify", pack)).ShouldExitWith(ExitCode.NoGo).Output.ShouldContain(PackPaths.Claims);
    }

    [Fact]
    public async Task A_pack_signed_by_an_organisations_certificate_is_proven_under_its_root_alone()
    {
        await using var migration = await CommandMigration.CreateAsync();
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        using var identity = new Packs.TestIdentity();
        using var stranger = new Packs.TestIdentity("CN=A stranger");
        using (var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256))
            await File.WriteAllBytesAsync(migration.Folder.At("signer.pfx"), identity.Pfx(key));
        await File.WriteAllTextAsync(migration.Folder.At("root.pem"), identity.RootPem);
        await File.WriteAllTextAsync(migration.Folder.At("stranger.pem"), stranger.RootPem);
        migration.Options.Evidence.Signer.Pfx = "signer.pfx";

        var built = (await migration.RunAsync("evidence", "build", "--run", "latest", "--output", "packs", "--format", "json")).ShouldExitWith(ExitCode.Done);
        var pack = (string)JsonNode.Parse(built.Output)!["path"]!;
        (await migration.RunAsync("evidence", "verify", pack, "--trust", "root.pem")).ShouldExitWith(ExitCode.Done).Output.ShouldNotContain("proves nobody");
        (await migration.RunAsync("evidence", "verify", pack, "--trust", "stranger.pem")).ShouldExitWith(ExitCode.NoGo);
    }

    [Fact]
    public async Task A_zip_is_one_file_and_verifies_as_a_folder_does()
    {
        await using var migration = await CommandMigration.CreateAsync();
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        var (pack, _) = await BuildAsync(migration, "--run", "latest", "--zip");
        pack.ShouldEndWith(".zip");
        Directory.GetFileSystemEntries(Path.GetDirectoryName(pack)!).ShouldBe([pack]);
        (await migration.RunAsync("evidence", "verify", pack)).ShouldExitWith(ExitCode.Incomplete).Output.ShouldContain("intact");
    }

    [Fact]
    public async Task A_period_holds_the_runs_that_finished_in_it_and_is_spoken_of_as_of_its_end()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var clock = SetClock.At(2026, 3, 1);
        migration.Folder.Time = clock;
        migration.Options.Project.TimeZone = "Europe/London";
        var march = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done).Document;
        clock.Now = new DateTimeOffset(2026, 3, 31, 22, 30, 0, TimeSpan.Zero);
        var lastOfMarch = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done).Document;
        // Half past eleven in London, which is summer time: the 31st; an hour later it is April there, and still March in UTC.
        clock.Now = new DateTimeOffset(2026, 3, 31, 23, 30, 0, TimeSpan.Zero);
        var april = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done).Document;

        var (pack, _) = await BuildAsync(migration, "--from", "2026-03-02", "--to", "2026-03-31");
        var runs = File.ReadAllText(Path.Combine(pack, PackPaths.Runs));
        runs.ShouldContain(lastOfMarch.Run);
        runs.ShouldNotContain(march.Run);
        runs.ShouldNotContain(april.Run);
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(pack, PackPaths.ReportJson)))!;
        ((string)report["asOf"]!).ShouldStartWith("2026-03-31T23:00:00");
        (await migration.RunAsync("evidence", "build", "--from", "2025-01-01", "--to", "2025-01-31", "--output", "other"))
            .ShouldExitWith(ExitCode.Incomplete).Error.ShouldSatisfyAllConditions(
                error => error.ShouldContain("an empty pack would prove nothing"),
                error => error.ShouldContain("when something was recorded, not when it happened: this ledger's first entry is of 2026-03-01"),
                error => error.ShouldContain("its last of 2026-03-31"));
        Directory.Exists(migration.Folder.At("other")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_pack_of_an_asset_holds_its_reviews_and_what_was_attested_of_it()
    {
        using var folder = new DecommissioningFolder();
        folder.Clock.Now = new DateTimeOffset(2026, 6, 8, 9, 0, 0, TimeSpan.Zero);
        (await folder.RunAsync("assets", "list")).ShouldExitWith(ExitCode.Incomplete);
        await folder.WithLedgerAsync();
        await folder.SweepAsync();
        await File.WriteAllTextAsync(folder.At("disks.csv"), "serial,shredded\n1,yes\n");
        (await folder.RunAsync("attest", "smoke-test", "--outcome", "passed", "--statement", "Nobody can log in.", "--role", "test lead", "--asset", "crm-old-db", "--file", "disks.csv")).ShouldExitWith(ExitCode.Done);
        (await folder.RunAsync("attest", "smoke-test", "--outcome", "passed", "--statement", "Of the other one.", "--role", "test lead", "--asset", "hop-1")).ShouldExitWith(ExitCode.Done);

        (await folder.RunAsync("evidence", "build", "--asset", "CRM-old-db", "--output", "packs")).ShouldExitWith(ExitCode.Done);
        var pack = Directory.GetDirectories(folder.At("packs")).ShouldHaveSingleItem();
        var report = File.ReadAllText(Path.Combine(pack, PackPaths.ReportHtml));
        report.ShouldContain("Nobody can log in.");
        report.ShouldNotContain("Of the other one.");
        report.ShouldContain("deletion-review");
        Directory.GetFiles(Path.Combine(pack, "data/attestations"), "*disks.csv", SearchOption.AllDirectories).ShouldHaveSingleItem();
        (await folder.RunAsync("evidence", "verify", pack)).ShouldExitWith(ExitCode.Incomplete).Output.ShouldContain("intact");
    }

    [Fact]
    public async Task A_ledger_that_does_not_hold_is_said_to_and_is_no_ground_for_evidence()
    {
        await using var migration = await CommandMigration.CreateAsync();
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={migration.Folder.At("migrationguard.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER run_result_is_never_changed; UPDATE run_result SET document = replace(document, '\"seconds\"', '\"Seconds\"') WHERE ordinal = 0";
            await command.ExecuteNonQueryAsync();
        }

        var run = (await migration.RunAsync("evidence", "build", "--all", "--output", "packs", "--format", "json")).ShouldExitWith(ExitCode.NoGo);
        var pack = (string)JsonNode.Parse(run.Output)!["path"]!;
        var report = File.ReadAllText(Path.Combine(pack, PackPaths.ReportHtml));
        report.ShouldContain("one was changed, added or removed");
        report.ShouldContain("The ledger does not hold, so nothing that it says is proven.");
        Standing(JsonNode.Parse(run.Output)!, Counts).ShouldBe("unproven");
    }

    [Fact]
    public async Task A_pack_of_an_old_run_says_what_was_found_since()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var old = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done).Document;
        await migration.Target.ExecuteAsync("DELETE FROM cases WHERE id = (SELECT MIN(id) FROM cases)");
        var since = (await migration.VerifyAsync()).ShouldExitWith(ExitCode.NoGo).Document;

        var (pack, built) = await BuildAsync(migration, "--run", old.Run);
        Standing(built, Counts).ShouldBe("breached");
        File.ReadAllText(Path.Combine(pack, PackPaths.ReportHtml)).ShouldContain($"That is not the last word: run {since.Run}");
        Directory.Exists(Path.Combine(pack, "data/results", since.Run)).ShouldBeFalse();
        await VerifiesAsync(migration, pack);
    }

    [Fact]
    public async Task A_run_whose_end_was_erased_proves_nothing_any_more()
    {
        await using var migration = await CommandMigration.CreateAsync();
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        var end = (await migration.RunAsync("ledger", "export")).Output.Split('\n').Select(line => line.Length == 0 ? null : JsonNode.Parse(line)).Single(line => (string?)line?["kind"] == "run-finished")!;
        (await migration.RunAsync("ledger", "erase", ((long)end["seq"]!).ToString(System.Globalization.CultureInfo.InvariantCulture), "--reason", "Asked for.")).ShouldExitWith(ExitCode.Done);

        var (pack, built) = await BuildAsync(migration, "--all");
        Standing(built, Counts).ShouldBe("unproven");
        await VerifiesAsync(migration, pack);
    }

    [Fact]
    public async Task Of_an_erased_statement_a_pack_says_neither_an_outcome_nor_a_time()
    {
        using var folder = await new DecommissioningFolder().WithLedgerAsync();
        (await folder.RunAsync("attest", "user-testing", "--outcome", "passed", "--statement", "Letters print.", "--role", "test lead")).ShouldExitWith(ExitCode.Done);
        var entry = (await folder.RunAsync("ledger", "export")).Output.Split('\n').Where(line => line.Length > 0).Select(line => JsonNode.Parse(line)!).Single(line => (string)line["kind"]! == "attestation-made");
        (await folder.RunAsync("ledger", "erase", entry["seq"]!.ToString(), "--reason", "Asked for.")).ShouldExitWith(ExitCode.Done);

        (await folder.RunAsync("evidence", "build", "--all", "--output", "packs")).ShouldExitWith(ExitCode.Done);
        var pack = Directory.GetDirectories(folder.At("packs")).ShouldHaveSingleItem();
        var stated = JsonNode.Parse(File.ReadAllText(Directory.GetFiles(Path.Combine(pack, "data/attestations"), "attestation.json", SearchOption.AllDirectories).ShouldHaveSingleItem()))!;
        ((bool)stated["erased"]!, (string)stated["kind"]!, stated["attestation"]).ShouldBe((true, "user-testing", null));
        File.ReadAllText(Path.Combine(pack, PackPaths.AuditSegment)).ShouldContain($"{{\"seq\":{stated["erasure"]},");
        (await folder.RunAsync("evidence", "verify", pack)).ShouldExitWith(ExitCode.Incomplete).Output.ShouldContain("intact");
        File.ReadAllText(Path.Combine(pack, PackPaths.ReportHtml)).ShouldContain("erased; recorded at");
    }

    [Fact]
    public async Task An_edited_file_of_commitments_takes_the_place_of_the_shipped_one()
    {
        await using var migration = await CommandMigration.CreateAsync();
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        var shipped = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, CommitmentFile.ShippedName));
        await File.WriteAllTextAsync(migration.Folder.At("ours.json"), shipped.Replace($"\"{Counts}\"", "\"our-own-id\"", StringComparison.Ordinal));
        migration.Options.Evidence.Commitments = "ours.json";

        var (_, built) = await BuildAsync(migration, "--all");
        Standing(built, "our-own-id").ShouldBe("kept");
        await File.WriteAllTextAsync(migration.Folder.At("ours.json"), "{ \"schema\": 7 }");
        (await migration.RunAsync("evidence", "build", "--all", "--output", "packs")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("ours.json");
    }

    [Fact]
    public async Task The_terminal_gives_the_totals_of_the_report_and_says_whose_commitments_they_are()
    {
        await using var migration = await CommandMigration.CreateAsync();
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        var run = (await migration.RunAsync("evidence", "build", "--all", "--output", "packs")).ShouldExitWith(ExitCode.Done);
        var pack = Directory.GetDirectories(migration.Folder.At("packs")).ShouldHaveSingleItem();
        var report = JsonNode.Parse(File.ReadAllText(Path.Combine(pack, PackPaths.ReportJson)))!;

        var totals = run.Output.Split('\n').Single(line => line.StartsWith("Of ", StringComparison.Ordinal)).TrimEnd();
        File.ReadAllText(Path.Combine(pack, PackPaths.ReportHtml)).ShouldContain(totals);
        File.ReadAllText(Path.Combine(pack, PackPaths.Annex(DpiaTemplates.Regulator, ".md"))).ShouldContain(totals);
        totals.ShouldContain($"Of {(int)report["totals"]!["questions"]!["unproven"]!} open questions: ");
        run.Output.ShouldContain(CommitmentMapping.SampleNotice);
    }

    [Fact]
    public async Task What_somebody_quoted_in_the_settings_is_not_in_a_pack()
    {
        await using var migration = await CommandMigration.CreateAsync();
        migration.Options.Project.Owner = "Head of IT, ann@example.org";
        await migration.Source.ExecuteAsync("CREATE TABLE log (x int)");
        migration.Comparison.Excluded.Add(new("log", @"Not migrated, says CORP\ann; user=ann"));
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);

        var (pack, _) = await BuildAsync(migration, "--all");
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(pack, PackPaths.Environment)))!["settings"]!;
        settings["Comparisons"]!["crm"]!.ToJsonString().ShouldContain("Not migrated, says [left out]; [left out]");
        ((string)settings["Project"]!["Owner"]!).ShouldBe("Head of IT, [left out]");
        foreach (var file in Directory.GetFiles(pack, "*", SearchOption.AllDirectories))
        {
            foreach (var quoted in new[] { "ann@example.org", @"CORP\\ann", @"CORP\ann", "user=ann" })
                File.ReadAllText(file).ShouldNotContain(quoted, Case.Sensitive, file);
        }
    }

    [Fact]
    public async Task A_pack_says_what_was_promised_of_back_ups_files_and_records_and_nobodys_name()
    {
        await using var migration = await CommandMigration.CreateAsync();
        var options = migration.Options;
        options.Backups.Stores["farm"] = new ContentStoreOptions { Container = "crm-backups", Credential = StorageCredential.ConnectionString, ConnectionString = "AccountName=acc;AccountKey=c2VjcmV0;" };
        options.Backups.Databases["registration"] = new BackedUpDatabaseOptions { History = [new() { Export = "sql01.csv", TimeZone = "Europe/London" }], Servers = [@"SQL01\CRM"], Database = "Contoso_MSCRM", Stores = ["farm"], Names = BackupNaming.OlaHallengren };
        options.Backups.Promises["restorable"] = new BackupPromiseOptions { Kind = BackupPromiseKind.RestorableFor, Days = 5 };
        options.Files.Stores["archive"] = new FileStoreOptions { Folder = migration.Folder.At("archive"), Prefix = "Ann Example/" };
        options.Files.Retention["finance"] = new FileRetentionOptions { Store = "archive", Years = 6, Promise = "Seed 000, told by ann@example.org", Include = ["Ann Example/**/*.pdf", "**/*.xml"] };
        options.Records.Codes["1.1"] = new RetentionCodeOptions { Title = "Cases", Years = 2 };
        options.Records.Entities["case"] = new RetainedEntityOptions
        {
            Code = "1.1", Database = "old", Table = "person", CountsFrom = "modifiedon", Where = new() { ["statecode"] = new FieldValues(["1", null, "123456782"]), ["owner"] = new FieldValues(["Ann Example"]) },
        };
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);

        var (pack, _) = await BuildAsync(migration, "--all");
        var text = File.ReadAllText(Path.Combine(pack, PackPaths.Environment));
        var settings = JsonNode.Parse(text)!["settings"]!;
        settings["Backups"]!["Databases"]!["registration"]!["Servers"]![0]!.GetValue<string>().ShouldBe(@"SQL01\CRM");
        settings["Backups"]!["Databases"]!["registration"]!["History"]![0]!["TimeZone"]!.GetValue<string>().ShouldBe("Europe/London");
        settings["Backups"]!["Stores"]!["farm"]!["Container"]!.GetValue<string>().ShouldBe("crm-backups");
        settings["Backups"]!["Promises"]!["restorable"]!["Days"]!.GetValue<double>().ShouldBe(5);
        var finance = settings["Files"]!["Retention"]!["finance"]!;
        (finance["Years"]!.GetValue<int>(), finance["Promise"]!.GetValue<string>()).ShouldBe((6, "Seed 000, told by [left out]"));
        finance["Include"]!.AsArray().Select(pattern => pattern!.GetValue<string>()).ShouldBe(["[left out]/**/*.pdf", "**/*.xml"]);
        settings["Records"]!["Codes"]!["1.1"]!["Years"]!.GetValue<int>().ShouldBe(2);
        settings["Records"]!["Entities"]!["case"]!["Where"]!.ToJsonString().ShouldBe("""{"statecode":[1,null,"[left out]"],"owner":["[left out]"]}""");
        foreach (var quoted in new[] { "ann@example.org", "Ann Example", "c2VjcmV0" })
            text.ShouldNotContain(quoted);
    }

    [Theory]
    [InlineData("say what it is evidence of")]
    [InlineData("say what it is evidence of", "--all", "--run", "latest")]
    [InlineData("--to is missing", "--from", "2026-03-01")]
    [InlineData("lies before --from", "--from", "2026-03-02", "--to", "2026-03-01")]
    [InlineData("is no day", "--from", "yesterday", "--to", "2026-03-01")]
    [InlineData("there is no such run", "--run", "2020")]
    public async Task What_cannot_be_understood_is_refused_with_what_to_do(string said, params string[] scope)
    {
        await using var migration = await CommandMigration.CreateAsync();
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        (await migration.RunAsync(["evidence", "build", .. scope, "--output", "packs"])).ShouldExitWith(ExitCode.Usage).Error.ShouldContain(said);
        Directory.Exists(migration.Folder.At("packs")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_not_there_and_a_certificate_that_cannot_sign_leave_nothing_behind()
    {
        await using var migration = await CommandMigration.CreateAsync();
        (await migration.VerifyAsync()).ShouldExitWith(ExitCode.Done);
        (await RefusedAsync("--asset", "nothing")).ShouldContain("there is no such asset");
        using (var signer = TestSigner.Curve())
            File.WriteAllBytes(migration.Folder.At("signer.pfx"), signer.Export(X509ContentType.Pfx, "right"));
        migration.Options.Evidence.Signer.Pfx = "signer.pfx";
        migration.Options.Evidence.Signer.PfxPassword = "wrong";
        (await RefusedAsync("--all")).ShouldContain("another password");
        (await migration.RunAsync("ledger", "export")).Output.ShouldNotContain("pack-built");

        async Task<string> RefusedAsync(params string[] scope)
        {
            var run = (await migration.RunAsync(["evidence", "build", .. scope, "--output", "packs"])).ShouldExitWith(ExitCode.Incomplete);
            Directory.Exists(migration.Folder.At("packs")).ShouldBeFalse();
            return run.Error;
        }
    }

    private static async Task<(string Pack, JsonNode Built)> BuildAsync(CommandMigration migration, params string[] scope)
    {
        var run = (await migration.RunAsync(["evidence", "build", .. scope, "--output", "packs", "--format", "json"])).ShouldExitWith(ExitCode.Done);
        var built = JsonNode.Parse(run.Output)!;
        run.Error.ShouldContain("development certificate");
        return ((string)built["path"]!, built);
    }

    private static async Task VerifiesAsync(CommandMigration migration, string pack)
    {
        (await migration.RunAsync("evidence", "verify", pack)).ShouldExitWith(ExitCode.Incomplete).Output.ShouldContain("UNPROVEN");
        (await migration.RunAsync("evidence", "verify", pack, "--trust", Path.Combine(pack, "signatures/signer.pem"))).ShouldExitWith(ExitCode.Incomplete).Output.ShouldContain("proves nobody");
    }

    private static string Standing(JsonNode built, string commitment) =>
        (string)built["commitments"]!.AsArray().Single(found => (string)found!["id"]! == commitment)!["standing"]!;

    private static string Actor(string ledger) => (string)JsonNode.Parse(ledger.Split('\n')[0])!["actor"]!;
}
