using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace MigrationGuard.Evidence.Seals;

/// <summary>A PFX that an Azure Key Vault keeps as a secret, which is also how it hands out certificates of its own.</summary>
/// <remarks>
/// One GET (https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret) through the pipeline of Azure.Core. The client library for it
/// needs an Azure.Core that names the same types as the Azure.Identity that the SQL Server driver brings.
/// </remarks>
internal static class KeyVaultCertificate
{
    private const string ApiVersion = "7.4";

    /// <param name="vault">Such as <c>https://evidence.vault.azure.net</c>.</param>
    /// <param name="secret">The secret's name.</param>
    /// <param name="password">Of the PFX; null for none, as Key Vault's own have none.</param>
    /// <exception cref="EvidenceException">It cannot be had.</exception>
    public static Task<SigningCertificate> OpenAsync(Uri vault, string secret, string? password, CancellationToken cancellationToken) =>
        OpenAsync(vault, secret, password, new DefaultAzureCredential(), transport: null, cancellationToken);

    /// <param name="transport">What carries requests; null for the ordinary one.</param>
    internal static async Task<SigningCertificate> OpenAsync(Uri vault, string secret, string? password, TokenCredential credential, HttpPipelineTransport? transport, CancellationToken cancellationToken)
    {
        var address = new Uri(vault, $"secrets/{secret}?api-version={ApiVersion}");
        var place = new Uri(vault, "secrets/" + secret).AbsoluteUri;
        try
        {
            using var message = await SendAsync(address, credential, transport, cancellationToken);
            return SignerSource.FromPfx(place, Decoded(place, message.Response), password);
        }
        catch (RequestFailedException e)
        {
            throw new EvidenceException(place, $"cannot be reached: {FirstLine(e)}", "See that the vault's name is right, and that it is reachable from here.", e);
        }
        catch (AuthenticationFailedException e)
        {
            throw new EvidenceException(place, $"needs a login to Azure, and there is none: {FirstLine(e)}", "Give this machine a managed identity, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.", e);
        }
    }

    private static async Task<HttpMessage> SendAsync(Uri address, TokenCredential credential, HttpPipelineTransport? transport, CancellationToken cancellationToken)
    {
        var options = new VaultClientOptions();
        // What comes back is a private key, and belongs into no log.
        options.Diagnostics.IsLoggingContentEnabled = false;
        if (transport is not null)
            options.Transport = transport;
        // Every cloud's vaults are below a name that is also whom tokens are for: vault.azure.net, vault.azure.cn.
        var audience = address.Host[(address.Host.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var pipeline = HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, $"https://{audience}/.default"));
        var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(address);
        message.Request.Headers.Add("Accept", "application/json");
        await pipeline.SendAsync(message, cancellationToken);
        return message;
    }

    private static byte[] Decoded(string place, Response response)
    {
        switch (response.Status)
        {
            case 200:
                break;
            case 404:
                throw new EvidenceException(place, "is not there.", "Correct Evidence:Signer:KeyVaultSecret, or import the PFX into the vault.");
            case 401 or 403:
                throw new EvidenceException(place, "may not be read by this account.", "Grant it the role Key Vault Secrets User on the vault.");
            default:
                throw new EvidenceException(place, FormattableString.Invariant($"cannot be read: the vault answered {response.Status}."), "See what is wrong with the vault.");
        }
        try
        {
            using var document = JsonDocument.Parse(response.Content);
            return document.RootElement.GetProperty("value").GetBytesFromBase64();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new EvidenceException(place, "is not a PFX in base64.", "Import the certificate as PKCS #12 (content type application/x-pkcs12), not as PEM.", e);
        }
    }

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Trim();

    private sealed class VaultClientOptions : ClientOptions;
}
