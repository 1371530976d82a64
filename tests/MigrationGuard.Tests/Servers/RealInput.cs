namespace MigrationGuard.Tests.Servers;

/// <summary>Published databases that are not part of the repository: tests on them are skipped where they are not there.</summary>
public static class RealInput
{
    public const string Variable = "MIGRATIONGUARD_TEST_DATA";

    /// <summary>The path of a file in the folder that <see cref="Variable"/> names, by default <c>../shared/data</c> beside the checkout.</summary>
    public static string File(params string[] parts)
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        var folder = string.IsNullOrWhiteSpace(given) ? RepositoryRoot.At("..", "shared", "data") : given;
        var file = Path.Combine([folder, .. parts]);
        Skip.IfNot(System.IO.File.Exists(file), $"{string.Join('/', parts)} is not in {folder}. Set {Variable} to the folder that holds it.");
        return file;
    }
}
