using System.ComponentModel;
using System.Security.Cryptography.X509Certificates;

namespace MigrationGuard.Evidence;

/// <summary>What evidence packs hold commitments to, and how they are sealed.</summary>
public sealed class EvidenceOptions
{
    [Description("A file that says which evidence proves which commitment, relative to this file; a copy of the commitments.json beside the program with the project's own in it. Unset: that one, a sample taken from one assessment; packs say so.")]
    public string? Commitments { get; set; }

    [Description("The certificate that packs are signed with: one of Pfx, Thumbprint and KeyVault. With none of them a development certificate is made, which proves nobody.")]
    public SignerOptions Signer { get; set; } = new();

    [Description("The RFC 3161 authority that stamps each signature with the time; unset for no stamps.")]
    public TimestampAuthorityOptions? TimestampAuthority { get; set; }
}

/// <summary>Where the signer's certificate and private key are.</summary>
public sealed class SignerOptions
{
    [Description("A PKCS #12 (PFX) file, relative to this file.")]
    public string? Pfx { get; set; }

    [Description("The password of the PFX, from the file or from Key Vault. Keep it out of the file: set MigrationGuard__Evidence__Signer__PfxPassword.")]
    public string? PfxPassword { get; set; }

    [Description("The SHA-1 thumbprint of a certificate in the system's store, 40 hexadecimal digits.")]
    public string? Thumbprint { get; set; }

    [Description("The name of the system's store that Thumbprint is looked for in.")]
    public string StoreName { get; set; } = "My";

    [Description("Whose store that is: CurrentUser or LocalMachine.")]
    public StoreLocation StoreLocation { get; set; } = StoreLocation.CurrentUser;

    [Description("An Azure Key Vault that keeps the PFX as a secret, such as https://evidence.vault.azure.net.")]
    public string? KeyVault { get; set; }

    [Description("The name of that secret.")]
    public string? KeyVaultSecret { get; set; }

    [Description("Where a reader of a pack gets the root certificate from, apart from the pack: an address that README-VERIFY.txt names.")]
    public string? RootUrl { get; set; }
}

/// <summary>An RFC 3161 time-stamping authority.</summary>
public sealed class TimestampAuthorityOptions
{
    [Description("Where requests are posted to. Plain http is usual: what comes back is signed.")]
    public string Url { get; set; } = "";

    [Description("A PEM file with the authority's root certificate, relative to this file. Unset: a stamp's signature is checked, but not whose it is.")]
    public string? Root { get; set; }

    [Description("The proxy to go through, such as http://proxy.example.org:8080. Unset: none, whatever the environment says.")]
    public string? Proxy { get; set; }

    [Description("Seconds that one stamp may take, everything included.")]
    public int TimeoutSeconds { get; set; } = 15;
}
