using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Configuration;

/// <summary>The rules of a container or a folder, and of what it takes to get in.</summary>
internal static class StoreRules
{
    /// <param name="section">The section that names the store: <c>Backups</c> or <c>Files</c>.</param>
    public static IEnumerable<ConfigurationProblem> Check(string section, string name, ContentStoreOptions store)
    {
        string At(string option) => ConfigurationPlace.Below("", section, "Stores", name, option);
        if ((store.Container is null) == (store.Folder is null))
        {
            yield return new(ConfigurationPlace.Below("", section, "Stores", name), store.Container is null ? "is neither a container nor a folder." : "is both a container and a folder.", "Write Container or Folder.");
            yield break;
        }
        if (store.Container is { } container)
        {
            var isByName = store.Credential == StorageCredential.ConnectionString;
            if (isByName && string.IsNullOrWhiteSpace(store.ConnectionString))
                yield return new(At(nameof(store.ConnectionString)), "is missing.", "Set it in the environment, or choose another Credential.");
            if (!isByName && !(Uri.TryCreate(container, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.AbsolutePath.Trim('/').Length > 0))
                yield return new(At(nameof(store.Container)), "is not the address of a container.", "Write https://ACCOUNT.blob.core.windows.net/CONTAINER, without a signature in it.");
            if (store.Credential == StorageCredential.Sas && string.IsNullOrWhiteSpace(store.SharedAccessSignature))
                yield return new(At(nameof(store.SharedAccessSignature)), "is missing.", "Set it in the environment, or choose another Credential.");
        }
        else if (string.IsNullOrWhiteSpace(store.Folder))
        {
            yield return new(At(nameof(store.Folder)), "is empty.", "Name a folder.");
        }
    }
}
