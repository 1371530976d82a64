using System.Globalization;
using System.Text.RegularExpressions;
using MigrationGuard.Configuration;
using MigrationGuard.Configuration.Overrides;
using MigrationGuard.Ledger;

namespace MigrationGuard.Anchors;

/// <summary>The rules of checkpoints.</summary>
internal static partial class CheckpointRules
{
    private const string Section = "Checkpoints";
    private const double MostHours = 10_000;

    public static IEnumerable<ConfigurationProblem> Check(MigrationGuardOptions options)
    {
        var checkpoints = options.Checkpoints;
        if (checkpoints.EveryHours is not (> 0 and <= MostHours))
            yield return new(At(nameof(checkpoints.EveryHours)), "is not more than 0 and at most 10000.", "Write after how many hours the next checkpoint is written.");
        if (checkpoints.Directory is { } directory && string.IsNullOrWhiteSpace(directory))
            yield return new(At(nameof(checkpoints.Directory)), "is empty.", "Name a folder, or leave it out.");
        foreach (var problem in Blob(checkpoints))
            yield return problem;
        for (var index = 0; index < checkpoints.Mail.Count; index++)
        {
            var person = checkpoints.Mail[index];
            if (!options.People.Keys.Contains(person, StringComparer.OrdinalIgnoreCase))
                yield return new(ConfigurationPlace.Below(At(nameof(checkpoints.Mail)), index.ToString(CultureInfo.InvariantCulture)), "names nobody.", NearestName.Remedy(person, options.People.Keys));
        }
        if (checkpoints.Mail.Count > 0 && options.Notifications.Smtp is null)
            yield return new(At(nameof(checkpoints.Mail)), "names people, and there is no mail server.", "Add Notifications:Smtp, or leave it out.");
    }

    private static IEnumerable<ConfigurationProblem> Blob(CheckpointOptions checkpoints)
    {
        var byConnection = checkpoints.BlobCredential == BlobCredential.ConnectionString;
        if (checkpoints.BlobContainer is { } container)
        {
            if (byConnection && !ContainerName().IsMatch(container))
                yield return new(At(nameof(checkpoints.BlobContainer)), "is not a container's name.", "Write 3 to 63 lower-case letters, digits and hyphens.");
            else if (!byConnection && !IsContainerAddress(container))
                yield return new(At(nameof(checkpoints.BlobContainer)), "is not a container's address.", "Write https://ACCOUNT.blob.core.windows.net/CONTAINER, without a SAS: that belongs into BlobConnectionString.");
            if (byConnection && string.IsNullOrWhiteSpace(checkpoints.BlobConnectionString))
                yield return new(At(nameof(checkpoints.BlobConnectionString)), "is missing.", $"Set the environment variable {EnvironmentVariables.For([Section, nameof(checkpoints.BlobConnectionString)])}.");
        }
        else if (byConnection)
        {
            yield return new(At(nameof(checkpoints.BlobContainer)), "is missing, though there is a credential for it.", "Name the container.");
        }
        if (!byConnection && !string.IsNullOrEmpty(checkpoints.BlobConnectionString))
            yield return new(At(nameof(checkpoints.BlobCredential)), "is Default, and the connection string would not be used.", "Write ConnectionString, or leave the connection string out.");
    }

    private static bool IsContainerAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttps && address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0
        && ContainerName().IsMatch(address.AbsolutePath.Trim('/'));

    private static string At(string option) => ConfigurationPlace.Below(Section, option);

    [GeneratedRegex(@"\A[a-z0-9](?:-?[a-z0-9]){2,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ContainerName();
}
