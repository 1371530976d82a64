namespace MigrationGuard.Evidence.Checking;

/// <summary>Verifies evidence packs that somebody else made, without a configuration, a database or the network.</summary>
public static class PackVerification
{
    /// <summary>Looks at all of a pack, and says everything that is wrong with it.</summary>
    /// <param name="path">A pack's folder, or its ZIP; or a folder that holds the one folder of a pack.</param>
    /// <param name="time">Says what is valid today, where nothing proves when a pack was signed.</param>
    /// <exception cref="EvidenceException">There is nothing there, or it may not be read.</exception>
    /// <exception cref="NoPackException">What is there is no pack at all.</exception>
    public static async Task<PackReport> VerifyAsync(string path, PackTrust trust, TimeProvider time, CancellationToken cancellationToken)
    {
        var named = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var full = Find(named);
        var findings = new PackFindings();
        if (full != named)
            findings.Note($"{named} is not a pack itself. What was verified is the one pack in it, the folder {Path.GetFileName(full)}; nothing beside that was looked at.");
        var report = new PackReport(full);
        try
        {
            using var contents = PackContents.Open(full, findings);
            report = await LookAsync(contents, trust, time, report, findings, cancellationToken);
        }
        catch (PackRefusedException e)
        {
            findings.Report(e.File, e.Message);
            findings.Note("The pack was not looked at any further.");
        }
        return report with { Problems = findings.Problems, ProblemCount = findings.Count, Notes = findings.Notes };
    }

    private static string Find(string path)
    {
        try
        {
            return PackMarks.Find(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException(path, $"cannot be read: {e.Message}", "Let this account read it.", e);
        }
    }

    internal static async Task<PackReport> LookAsync(PackContents contents, PackTrust trust, TimeProvider time, PackReport report, PackFindings findings, CancellationToken cancellationToken)
    {
        var bag = new BagCheck(contents, findings);
        await bag.RunAsync(cancellationToken);
        var seal = new SealCheck(contents, trust, time.GetUtcNow(), findings);
        seal.Run(bag.TagManifest?.Content);
        var audit = new AuditCheck(contents, seal.Certificate, findings);
        audit.Run();
        new DocumentCheck(contents, findings).Run(cancellationToken);
        bag.Finish();
        return report with
        {
            Id = bag.Id,
            Version = bag.Version,
            Files = bag.Files,
            Bytes = bag.Bytes,
            Signer = seal.Signer,
            Stamp = seal.Stamp,
            Audit = audit.Finding,
        };
    }
}
