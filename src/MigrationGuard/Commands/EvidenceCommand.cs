using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MigrationGuard.Evidence;
using MigrationGuard.Evidence.Checking;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Evidence.Seals;
using MigrationGuard.Output;

namespace MigrationGuard.Commands;

/// <summary><c>evidence</c>: packs that stand by themselves.</summary>
internal static class EvidenceCommand
{
    private static readonly Argument<string> Pack = new("PATH") { Description = "A pack: its folder, or its ZIP. A folder that is none and holds one is taken for that one." };

    private static readonly Argument<string> Unstamped = new("PATH") { Description = "A pack's folder. A ZIP is never written to again: unpack it." };

    private static readonly Option<string?> Trust = new("--trust")
    {
        Description = "The root certificate that the signer has to lead to, as PEM, from the organisation and not from the pack. A development certificate is unproven under any.",
        HelpName = "ROOT.pem",
    };

    private static readonly Option<string?> TrustAuthority = new("--trust-tsa")
    {
        Description = "The root certificate that the time-stamping authority has to lead to, as PEM; --trust is tried when left out.",
        HelpName = "ROOT.pem",
    };

    private static readonly Option<string?> Signer = new("--signer")
    {
        Description = "SHA-256 of the one certificate that may have signed, from the organisation and not from the pack; with --trust both have to hold.",
        HelpName = "SHA256",
    };

    private static readonly Option<OutputFormat> Format = Shared.Format();

    public static void AddEvidence(this RootCommand root, ProgramContext context)
    {
        var verify = new Command("verify", "Verify a pack, as one that somebody else made. Needs no configuration, database or network.") { Pack, Trust, Signer, TrustAuthority, Format };
        verify.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => VerifyAsync(parsed, context, cancellationToken)));
        var stamp = new Command("stamp", "Have the signature of a pack stamped by the configured authority, where that did not answer when the pack was built.") { Unstamped };
        stamp.SetAction((parsed, cancellationToken) => ExitCodes.RunAsync(context.Error, () => StampAsync(parsed, context, cancellationToken)));
        root.Subcommands.Add(new Command("evidence", "Evidence packs: folders or ZIPs that stand by themselves.") { EvidenceBuildCommand.Build(context), verify, stamp });
    }

    private static async Task<ExitCode> VerifyAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var path = context.FullPath(parsed.GetRequiredValue(Pack));
        if (!Path.Exists(path))
            throw new UsageException($"{path}: is not there. Name a pack: its folder or its ZIP.");
        var trust = new PackTrust(
            parsed.GetValue(Trust) is { } root ? Certificates("--trust", root, context) : [],
            parsed.GetValue(TrustAuthority) is { } authority ? Certificates("--trust-tsa", authority, context) : null,
            parsed.GetValue(Signer) is { } signer ? Thumbprint(signer) : null);
        var report = await PackVerification.VerifyAsync(path, trust, context.Time, cancellationToken);
        if (parsed.GetValue(Format) == OutputFormat.Json)
            await PackText.WriteJsonAsync(report, context);
        else
            await PackText.WriteAsync(report, context);
        return ExitCodes.Of(report);
    }

    private static async Task<ExitCode> StampAsync(ParseResult parsed, ProgramContext context, CancellationToken cancellationToken)
    {
        var configuration = Shared.ReadConfiguration(parsed, context);
        using var authority = TimestampAuthority.Open(configuration.Options.Evidence.TimestampAuthority, configuration.Directory)
            ?? throw new UsageException("Evidence:TimestampAuthority: names no authority. Configure one, and stamp then.");
        var outcome = await LateStamp.AddAsync(context.FullPath(parsed.GetRequiredValue(Unstamped)), authority, cancellationToken);
        if (outcome is StampOutcome.Stamped stamped)
        {
            await context.Output.WriteLineAsync($"Stamped at {Figures.Of(stamped.At)} UTC.");
            return ExitCode.Done;
        }
        await context.Error.WriteLineAsync(outcome is StampOutcome.Pending pending ? $"Not stamped: {pending.Authority} {pending.Reason}" : "Not stamped.");
        return ExitCode.Incomplete;
    }

    // As openssl and certificate viewers show it: with colons or blanks, in either case.
    private static string Thumbprint(string value)
    {
        var digits = value.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return digits.Length == 2 * SHA256.HashSizeInBytes && digits.All(char.IsAsciiHexDigit)
            ? Convert.ToHexStringLower(Convert.FromHexString(digits))
            : throw new UsageException("--signer: is no SHA-256 of a certificate, which is 64 hexadecimal digits. openssl x509 -noout -fingerprint -sha256 shows it.");
    }

    private static X509Certificate2Collection Certificates(string option, string file, ProgramContext context)
    {
        try
        {
            return CertificateFile.Read(context.FullPath(file));
        }
        catch (EvidenceException e)
        {
            throw new UsageException($"{option} {e.Message}");
        }
    }
}
