using System.CommandLine;
using MigrationGuard.Duties;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.People;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Output;

namespace MigrationGuard.Commands;

/// <summary><c>attest</c>: statements of what no machine can see.</summary>
internal static class AttestCommand
{
    private static readonly Argument<string> Kind = new("KIND") { Description = $"What is stated: {string.Join(", ", AttestationKinds.All)}, or a name of your own in lower-case letters, digits and hyphens." };

    private static readonly Option<AttestedOutcome> Outcome = Outcomes();

    private static readonly Option<string> Statement = new("--statement") { Description = "What is stated, in a sentence or more.", HelpName = "TEXT", Required = true };

    private static readonly Option<string> Role = new("--role") { Description = "The role in which it is stated.", HelpName = "ROLE", Required = true };

    private static readonly Option<string?> Who = new("--who") { Description = "Who states it; this account when left out.", HelpName = "NAME" };

    private static readonly Option<string?> At = new("--at") { Description = "When it happened, such as 2026-03-07T18:30, in the project's time zone unless it has an offset; now when left out.", HelpName = "MOMENT" };

    private static readonly Option<string?> Asset = new("--asset") { Description = "The asset that it is about.", HelpName = "NAME" };

    private static readonly Option<string?> Run = new("--run") { Description = "The run that it is about; 'latest' for the newest.", HelpName = "RUN" };

    private static readonly Option<string[]> Files = new("--file") { Description = "A file that it rests on, kept in the ledger; may be repeated.", HelpName = "PATH" };

    private static readonly Option<string?> Corrects = new("--corrects") { Description = "The attestation that this one corrects; it stays, and is shown as corrected.", HelpName = "ID" };

    private static readonly Option<OutputFormat> Format = Shared.Format();

    private static readonly Option<string?> OfKind = new("--kind") { Description = "Only this kind.", HelpName = "KIND" };

    private static readonly Option<bool> All = new("--all") { Description = "Corrected and erased ones too." };

    private static readonly Argument<string> Id = new("ID") { Description = "An attestation's id, or an unambiguous beginning of it." };

    private static readonly Argument<string> Name = new("NAME") { Description = "The file's name, as the attestation has it." };

    private static readonly Option<string> Output = new("--output") { Description = "The file to write; one that is there is replaced.", HelpName = "PATH", Required = true };

    public static void AddAttest(this RootCommand root, ProgramContext context)
    {
        var attest = new Command("attest", "Record what no machine can see: who states what, in which role, with which files. It is never edited; a later statement corrects it.")
        {
            Kind, Outcome, Statement, Role, Who, At, Asset, Run, Files, Corrects, Format,
        };
        attest.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => AttestAsync(parsed, context, cancellationToken)));
        var list = new Command("list", "List attestations, the newest first.") { OfKind, All, Format };
        list.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => ListAsync(parsed, context, cancellationToken)));
        var show = new Command("show", "Show an attestation, and what corrected it.") { Id, Format };
        show.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => ShowAsync(parsed, context, cancellationToken)));
        var file = new Command("file", "Write a file that is attached, once its bytes are known to have their hash.") { Id, Name, Output };
        file.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => WriteFileAsync(parsed, context, cancellationToken)));
        foreach (var command in new[] { list, show, file })
            attest.Subcommands.Add(command);
        root.Subcommands.Add(attest);
    }

    private static Option<AttestedOutcome> Outcomes()
    {
        var option = Choice.Option("--outcome", "What came out.", ("passed", AttestedOutcome.Passed), ("failed", AttestedOutcome.Failed));
        option.Required = true;
        return option;
    }

    private static async Task<ExitCode> AttestAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        var actor = Shared.ActorOf(parsed);
        TimeZoneInfo.TryFindSystemTimeZoneById(configuration.Options.Project.TimeZone, out var zone);
        var draft = new AttestationDraft(
            parsed.GetRequiredValue(Kind),
            parsed.GetRequiredValue(Outcome),
            parsed.GetRequiredValue(Statement),
            parsed.GetValue(Who) ?? actor.Account,
            parsed.GetRequiredValue(Role),
            parsed.GetValue(At) is { } at ? SpokenMoment.Parse("--at", at, zone) : context.Time.GetUtcNow(),
            parsed.GetValue(Asset),
            parsed.GetValue(Run),
            parsed.GetValue(Corrects));
        // A familiarisation session may be the first that a project does; a ledger is made for it as for a first run.
        await using var store = await LedgerStore.OpenAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken);
        // What is configured is an asset before any worker has run.
        if (draft.Asset is not null)
            await new DecommissioningDesks(configuration, store, context, actor).TrySynchroniseAsync(cancellationToken);
        var earlier = await store.ListAttestationsAsync(cancellationToken);
        var files = (parsed.GetValue(Files) ?? []).Select(path => FileToAttach.At(context.FullPath(path))).ToList();
        var recorded = await store.AttestAsync(draft, files, actor, cancellationToken);
        if (parsed.GetValue(Format) == OutputFormat.Json)
            await AttestationText.WriteJsonAsync(recorded, actor.Account, context);
        else
            AttestationText.WriteRecorded(recorded, context);
        await PointOutAsync(recorded.Attestation, earlier, context);
        await PointOutRoleAsync(new PeopleDirectory(configuration.Options.People, configuration.Options.Roles, zone ?? TimeZoneInfo.Utc), draft.Role, actor, context);
        return ExitCode.Done;
    }

    // Whoever writes down what somebody else said may do so, and must not be taken for that somebody without having been told.
    private static async Task PointOutRoleAsync(PeopleDirectory people, string role, Actor actor, ProgramContext context)
    {
        if (people.IsRole(role) && !(people.PersonOf(actor) is { } person && people.Holds(person, role)))
            await context.Error.WriteLineAsync($"By the configuration, the account {actor.Account} does not hold the role {role}. The statement stands, as written down by that account; where the role's own word is wanted, have somebody who holds it attest it.");
    }

    // A slip of the hand would leave a commitment unproven that somebody has just proven; refusing it would forbid restore-test-2.
    private static async Task PointOutAsync(Attestation attestation, IReadOnlyList<RecordedAttestation> earlier, ProgramContext context)
    {
        if (AttestationKinds.All.Contains(attestation.Kind) || earlier.Any(known => known.Attestation.Kind == attestation.Kind))
            return;
        if (NearestName.Of(attestation.Kind, AttestationKinds.All) is { } nearest)
            await context.Error.WriteLineAsync($"Nobody has attested {attestation.Kind} before, and no commitment asks for it unless your mapping does. If {nearest} was meant, say so: migrationguard attest {nearest} --corrects {attestation.Id} …");
    }

    private static async Task<ExitCode> ListAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        await using var store = await OpenAsync(parsed, context, cancellationToken);
        var records = await store.ReadAttestationsAsync(cancellationToken);
        var (kind, all) = (parsed.GetValue(OfKind), parsed.GetValue(All));
        var shown = new AttestationRecords(
            [.. records.Kept.Where(kept => (kind is null || kept.Attestation.Kind == kind) && (all || kept.CorrectedBy is null)).Reverse()],
            [.. records.Erased.Where(erased => all && (kind is null || erased.Kind == kind)).Reverse()]);
        if (parsed.GetValue(Format) == OutputFormat.Json)
            await AttestationText.WriteJsonAsync(shown, context);
        else
            AttestationText.Write(shown, records, context);
        return ExitCode.Done;
    }

    private static async Task<ExitCode> ShowAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        await using var store = await OpenAsync(parsed, context, cancellationToken);
        var recorded = (await store.ReadAttestationsAsync(cancellationToken)).Find(parsed.GetRequiredValue(Id));
        var account = await store.AccountOfAsync(recorded.Recorder, cancellationToken);
        if (parsed.GetValue(Format) == OutputFormat.Json)
            await AttestationText.WriteJsonAsync(recorded, account, context);
        else
            AttestationText.Write(recorded, account, context);
        return ExitCode.Done;
    }

    private static async Task<ExitCode> WriteFileAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        await using var store = await OpenAsync(parsed, context, cancellationToken);
        var attestation = (await store.ReadAttestationsAsync(cancellationToken)).Find(parsed.GetRequiredValue(Id)).Attestation;
        var name = parsed.GetRequiredValue(Name);
        var file = attestation.Files.FirstOrDefault(file => file.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException(attestation.Files.Count == 0
                ? $"Attestation {attestation.Id} has no files."
                : $"Attestation {attestation.Id} has no file {name}. {NearestName.Remedy(name, [.. attestation.Files.Select(file => file.Name)])}");
        using var content = new MemoryStream();
        await store.ReadAttachmentAsync(file.Sha256, content, cancellationToken);
        var path = context.FullPath(parsed.GetRequiredValue(Output));
        try
        {
            await File.WriteAllBytesAsync(path, content.ToArray(), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReportException(path, "the file could not be written: " + e.Message, "Name a place that this account can write.");
        }
        await context.Output.WriteLineAsync($"{file.Sha256}  {Printable.Of(path)}");
        return ExitCode.Done;
    }

    private static Task<LedgerStore> OpenAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        return LedgerStore.OpenExistingAsync(configuration.Options.Store, configuration.Directory, context.Time, cancellationToken);
    }
}
