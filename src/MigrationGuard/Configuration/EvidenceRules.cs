using System.Text.RegularExpressions;
using MigrationGuard.Configuration.Overrides;
using MigrationGuard.Evidence;

namespace MigrationGuard.Configuration;

/// <summary>The rules of how evidence packs are sealed.</summary>
internal static partial class EvidenceRules
{
    private const int MostTimeoutSeconds = 600;

    public static IEnumerable<ConfigurationProblem> Check(EvidenceOptions options) =>
        [.. Commitments(options.Commitments), .. Signer(options.Signer), .. options.TimestampAuthority is { } authority ? Authority(authority) : []];

    private static IEnumerable<ConfigurationProblem> Commitments(string? file)
    {
        if (file is not null && string.IsNullOrWhiteSpace(file))
            yield return new("Evidence:Commitments", "is empty.", "Name a file, or leave the option out.");
    }

    private static IEnumerable<ConfigurationProblem> Signer(SignerOptions signer)
    {
        var sources = new[] { (nameof(signer.Pfx), signer.Pfx), (nameof(signer.Thumbprint), signer.Thumbprint), (nameof(signer.KeyVault), signer.KeyVault) }
            .Where(source => source.Item2 is not null)
            .Select(source => source.Item1)
            .ToList();
        if (sources.Count > 1)
            yield return new("Evidence:Signer", $"names several certificates: {string.Join(", ", sources)}.", "Keep one of them.");
        if (signer.Pfx is { } pfx && string.IsNullOrWhiteSpace(pfx))
            yield return new("Evidence:Signer:Pfx", "is empty.", "Name a PFX file, or leave the option out.");
        if (signer.PfxPassword is not null && signer.Pfx is null && signer.KeyVault is null)
            yield return new("Evidence:Signer:PfxPassword", "is there, and no PFX that it could be of.", $"Name the PFX, or unset the environment variable {EnvironmentVariables.For(["Evidence", "Signer", "PfxPassword"])}.");
        if (signer.Thumbprint is { } thumbprint && !Sha1().IsMatch(thumbprint))
            yield return new("Evidence:Signer:Thumbprint", "is not 40 hexadecimal digits.", "Write the SHA-1 thumbprint, without spaces.");
        if (string.IsNullOrWhiteSpace(signer.StoreName))
            yield return new("Evidence:Signer:StoreName", "is empty.", "Write My, or another store's name.");
        if (signer.KeyVault is { } vault && !(Uri.TryCreate(vault, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0 && address.PathAndQuery == "/"))
            yield return new("Evidence:Signer:KeyVault", "is not the address of a vault.", "Write https://NAME.vault.azure.net.");
        if ((signer.KeyVault is null) != (signer.KeyVaultSecret is null))
            yield return new("Evidence:Signer:" + (signer.KeyVault is null ? "KeyVault" : "KeyVaultSecret"), "is missing, though the other of the two is there.", "Write both KeyVault and KeyVaultSecret, or neither.");
        if (signer.KeyVaultSecret is { } secret && !SecretName().IsMatch(secret))
            yield return new("Evidence:Signer:KeyVaultSecret", "is no name of a secret.", "Write 1 to 127 letters, digits and hyphens.");
        if (signer.RootUrl is { } root && !(Uri.TryCreate(root, UriKind.Absolute, out var place) && place.Scheme == Uri.UriSchemeHttps && place.UserInfo.Length == 0))
            yield return new("Evidence:Signer:RootUrl", "is not an address that somebody can get a certificate from and believe it.", "Write https://….");
    }

    private static IEnumerable<ConfigurationProblem> Authority(TimestampAuthorityOptions authority)
    {
        if (!(Uri.TryCreate(authority.Url, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) && url.UserInfo.Length == 0))
            yield return new("Evidence:TimestampAuthority:Url", authority.Url.Length == 0 ? "is missing." : "is not an address to post to.", "Write http://… or https://…, without a login in it.");
        if (authority.Root is { } root && string.IsNullOrWhiteSpace(root))
            yield return new("Evidence:TimestampAuthority:Root", "is empty.", "Name a PEM file, or leave the option out.");
        if (authority.Proxy is { } proxy && !(Uri.TryCreate(proxy, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.UserInfo.Length == 0))
            yield return new("Evidence:TimestampAuthority:Proxy", "is not the address of a proxy.", "Write http://HOST:PORT, without a login in it.");
        if (authority.TimeoutSeconds is < 1 or > MostTimeoutSeconds)
            yield return new("Evidence:TimestampAuthority:TimeoutSeconds", "is less than 1 or more than 600.", "Write how long one stamp may take.");
    }

    [GeneratedRegex(@"\A[0-9A-Fa-f]{40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sha1();

    [GeneratedRegex(@"\A[0-9A-Za-z-]{1,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();
}
