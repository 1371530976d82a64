namespace MigrationGuard.Tests;

/// <summary>Where the checkout is, found from the test assembly upwards.</summary>
internal static class RepositoryRoot
{
    public static readonly string Path = Find();

    /// <summary>A file or folder of the checkout.</summary>
    public static string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "MigrationGuard.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests run outside a checkout: no MigrationGuard.sln above " + AppContext.BaseDirectory);
    }
}
