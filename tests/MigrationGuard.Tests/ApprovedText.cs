namespace MigrationGuard.Tests;

/// <summary>Text that somebody has read and approved, kept in a file below <c>tests</c>.</summary>
/// <remarks>Found through the checkout, not through the path a source file was compiled at: tests may run from a copy.</remarks>
internal static class ApprovedText
{
    private const string Update = "MIGRATIONGUARD_UPDATE_APPROVED";

    /// <summary>Holds <paramref name="actual"/> against the file at <paramref name="relativePath"/> below <c>tests</c>.</summary>
    /// <remarks>With <c>MIGRATIONGUARD_UPDATE_APPROVED=1</c> in the environment the file is written instead; read the difference before committing it.</remarks>
    public static void ShouldBeApproved(this string actual, string relativePath)
    {
        var path = RepositoryRoot.At("tests", relativePath);
        var normalised = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, normalised);
        }
        File.Exists(path).ShouldBeTrue($"There is no approved text at tests/{relativePath}. Run the test with {Update}=1, and read what it writes.");
        normalised.ShouldBe(File.ReadAllText(path).ReplaceLineEndings("\n"), $"The text differs from tests/{relativePath}. If that is meant, run the test with {Update}=1, and read the difference.");
    }
}
