using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Tests.Commands;

/// <summary><c>attest</c>, <c>attest list</c>, <c>show</c> and <c>file</c>.</summary>
public sealed partial class AttestCommandTests
{
    private static readonly string[] Attest = ["attest", "user-testing", "--outcome", "passed", "--statement", "Letters print.", "--role", "test lead"];

    [Fact]
    public async Task What_is_attested_is_listed_shown_and_its_files_written_back()
    {
        using var folder = new DecommissioningFolder();
        await File.WriteAllTextAsync(folder.At("import.log"), "1000 of 1000");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData("1000 of 1000"u8));

        (await folder.RunAsync("attest", "list")).ShouldExitWith(ExitCode.Incomplete).Error.ShouldContain("there is no ledger here");
        var made = (await folder.RunAsync([.. Attest, "--asset", "CRM-old-db", "--who", "Zoë", "--file", "import.log"])).ShouldExitWith(ExitCode.Done);
        made.Error.ShouldBeEmpty();
        made.Output.ShouldContain("Recorded user-testing passed as ");
        made.Output.ShouldContain(sha256 + "  import.log");
        var id = Id().Match(made.Output).Value;

        Settled((await folder.RunAsync("attest", "list")).ShouldExitWith(ExitCode.Done).Output).ShouldBeApproved("MigrationGuard.Tests/Commands/Approved/attest-list.txt");
        Settled((await folder.RunAsync("attest", "show", id[..17])).ShouldExitWith(ExitCode.Done).Output).ShouldBeApproved("MigrationGuard.Tests/Commands/Approved/attest-show.txt");
        var json = await folder.JsonAsync("attest", "show", id);
        json["schema"]!.GetValue<string>().ShouldBe("migrationguard.attestation/1");
        (json["attestation"]!["asset"]!.GetValue<string>(), json["attestation"]!["outcome"]!.GetValue<string>(), json["account"]!.GetValue<string>())
            .ShouldBe(("crm-old-db", "passed", Actor.OfThisProcess().Account));

        (await folder.RunAsync("attest", "file", id, "IMPORT.log", "--output", "back.log")).ShouldExitWith(ExitCode.Done).Output.ShouldStartWith(sha256);
        (await File.ReadAllTextAsync(folder.At("back.log"))).ShouldBe("1000 of 1000");
        (await folder.RunAsync("attest", "file", id, "imprt.log", "--output", "other.log")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("Did you mean import.log?");
        (await folder.RunAsync("attest", "show", "2020")).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("attest list --all");
        (await folder.RunAsync("ledger", "verify")).ShouldExitWith(ExitCode.Done);
    }

    [Fact]
    public async Task Whoever_states_something_in_a_role_that_the_account_does_not_hold_is_told()
    {
        using var folder = new DecommissioningFolder();
        string[] signOff = ["attest", "sign-off", "--outcome", "passed", "--statement", "Agreed.", "--role"];
        (await folder.RunAsync([.. signOff, "Information Asset Owner"])).ShouldExitWith(ExitCode.Done).Error.ShouldContain("does not hold the role Information Asset Owner");
        (await folder.RunAsync([.. signOff, "Head of IT architecture"])).ShouldExitWith(ExitCode.Done).Error.ShouldBeEmpty();
        (await folder.RunAsync([.. signOff, "a passer-by"])).ShouldExitWith(ExitCode.Done).Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_correction_takes_the_place_of_what_it_corrects()
    {
        using var folder = new DecommissioningFolder();
        var first = Id().Match((await folder.RunAsync(Attest)).Output).Value;
        var corrected = (await folder.RunAsync("attest", "user-testing", "--outcome", "failed", "--statement", "Labels do not.", "--role", "test lead", "--corrects", first, "--format", "json")).ShouldExitWith(ExitCode.Done);
        corrected.Output.ShouldContain($"\"corrects\": \"{first}\"");

        var list = (await folder.RunAsync("attest", "list")).Output;
        list.ShouldContain("FAILED");
        list.ShouldContain("Not listed: 1.");
        var json = await folder.JsonAsync("attest", "list", "--all");
        json["schema"]!.GetValue<string>().ShouldBe("migrationguard.attestations/1");
        json["attestations"]!.AsArray().Count.ShouldBe(2);
        (await folder.JsonAsync("attest", "list", "--kind", "smoke-test"))["attestations"]!.AsArray().ShouldBeEmpty();
        (await folder.RunAsync("attest", "show", first)).Output.ShouldContain("corrected by ");
        (await folder.RunAsync([.. Attest, "--corrects", first])).ShouldExitWith(ExitCode.Usage).Error.ShouldContain("is corrected by ");
    }

    [Fact]
    public async Task One_that_was_erased_is_listed_under_its_kind_and_under_no_other()
    {
        using var folder = new DecommissioningFolder();
        var id = Id().Match((await folder.RunAsync(Attest)).Output).Value;
        var seq = (await folder.JsonAsync("attest", "list"))["attestations"]![0]!["seq"]!.ToString();
        (await folder.RunAsync("ledger", "erase", seq, "--reason", "Asked for.")).ShouldExitWith(ExitCode.Done);

        var listed = await folder.JsonAsync("attest", "list", "--all", "--kind", "user-testing");
        listed["erased"]!.AsArray().ShouldHaveSingleItem()!["id"]!.GetValue<string>().ShouldBe(id);
        (await folder.JsonAsync("attest", "list", "--all", "--kind", "smoke-test"))["erased"]!.AsArray().ShouldBeEmpty();
        (await folder.JsonAsync("attest", "list", "--kind", "user-testing"))["erased"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_moment_without_an_offset_is_of_the_projects_zone()
    {
        using var folder = new DecommissioningFolder();
        folder.Options.Project.TimeZone = "Europe/London";
        folder.Clock.Now = new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);
        async Task<string> AtAsync(string at)
        {
            var run = await folder.RunAsync([.. Attest, "--at", at, "--format", "json"]);
            return run.ExitCode == 0 ? At().Match(run.Output).Groups[1].Value : run.Error;
        }

        (await AtAsync("2026-03-28T18:30")).ShouldBe("2026-03-28T18:30:00+00:00");
        (await AtAsync("2026-03-31 18:30:05")).ShouldBe("2026-03-31T18:30:05+01:00");
        (await AtAsync("2026-04-01T09:59")).ShouldBe("2026-04-01T09:59:00+01:00");
        (await AtAsync("2026-03-31T18:30Z")).ShouldBe("2026-03-31T18:30:00+00:00");
        (await AtAsync("2026-03-31T18:30+05:00")).ShouldBe("2026-03-31T13:30:00+00:00");
        (await AtAsync("2026-04-01T10:01")).ShouldContain("lies in the future");
        (await AtAsync("2026-03-29T01:30")).ShouldContain("never show");
        (await AtAsync("2025-10-26T01:30")).ShouldContain("show twice");
        (await AtAsync("last Sunday")).ShouldContain("is no date and time");
        folder.Options.Project.TimeZone = "Middle/Earth";
        (await AtAsync("2026-03-28T18:30")).ShouldContain("has no offset");
        (await AtAsync("2026-03-28T18:30Z")).ShouldBe("2026-03-28T18:30:00+00:00");
    }

    [Fact]
    public async Task A_kind_that_is_nearly_a_known_one_is_pointed_out_the_first_time()
    {
        using var folder = new DecommissioningFolder();
        async Task<string> ErrorAsync(string kind) => (await folder.RunAsync(["attest", kind, .. Attest[2..]])).ShouldExitWith(ExitCode.Done).Error;

        var pointed = await ErrorAsync("user-tesing");
        pointed.ShouldContain("If user-testing was meant, say so: migrationguard attest user-testing --corrects ");
        (await ErrorAsync("user-tesing")).ShouldBeEmpty();
        (await ErrorAsync("court-hearing-schedule")).ShouldBeEmpty();
        foreach (var kind in AttestationKinds.All)
            (await ErrorAsync(kind)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_missing_blank_or_unknown_is_refused_and_leaves_nothing()
    {
        using var folder = await new DecommissioningFolder().WithLedgerAsync();
        foreach (var (args, message) in new (string[], string)[]
        {
            (["attest"], "Required argument missing"),
            (["attest", "user-testing", "--outcome", "passed", "--role", "x"], "--statement"),
            (["attest", "user-testing", "--outcome", "1", .. Attest[4..]], "--outcome 1: is none of passed, failed."),
            (["attest", "User testing", .. Attest[2..]], "is no name of a kind"),
            (["attest", "user-testing", "--outcome", "passed", "--statement", " ", "--role", "x"], "The statement: is blank."),
            ([.. Attest, "--asset", "nothing"], "assets list --all"),
            ([.. Attest, "--run", "latest"], "runs list"),
            ([.. Attest, "--corrects", "nothing"], "attest list --all"),
            ([.. Attest, "--file", "nowhere.log"], "File nowhere.log: cannot be read"),
        })
        {
            var run = (await folder.RunAsync(args)).ShouldExitWith(ExitCode.Usage);
            run.Error.ShouldContain(message);
        }
        (await folder.RunAsync("attest", "list")).Output.ShouldStartWith("No attestation yet.");
    }

    // Ids, and how wide the account makes a table, are not the same twice.
    private static string Settled(string text) => Blanks().Replace(Id().Replace(text.Replace(Actor.OfThisProcess().Account, "ACCOUNT", StringComparison.Ordinal), "ID"), "");

    [GeneratedRegex("[0-9]{8}-[0-9]{6}-[0-9a-f]{6}")]
    private static partial Regex Id();

    [GeneratedRegex("\"at\": \"([^\"]+)\"")]
    private static partial Regex At();

    [GeneratedRegex("(?<=[ ─]{2})[ ─]+")]
    private static partial Regex Blanks();
}
