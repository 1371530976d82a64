using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace MigrationGuard.Evidence.Seals;

/// <summary>An RFC 3161 authority that says when it saw a signature.</summary>
public sealed class TimestampAuthority : IDisposable
{
    private const int MostResponseBytes = 1024 * 1024;
    private const int NonceBytes = 16;

    private readonly HttpClient _client;
    private readonly X509Certificate2Collection _roots;

    private TimestampAuthority(Uri address, HttpClient client, X509Certificate2Collection roots) => (Address, _client, _roots) = (address.AbsoluteUri, client, roots);

    /// <summary>Where requests are posted to.</summary>
    public string Address { get; }

    /// <param name="options">Null where none is configured, and then there is no authority.</param>
    /// <param name="baseDirectory">What files are relative to.</param>
    /// <exception cref="EvidenceException">The root's file cannot be read.</exception>
    public static TimestampAuthority? Open(TimestampAuthorityOptions? options, string baseDirectory)
    {
        if (options is null)
            return null;
        var roots = options.Root is { } root ? CertificateFile.Read(Path.GetFullPath(root, baseDirectory)) : [];
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = options.Proxy is not null };
        if (options.Proxy is { } proxy)
            handler.Proxy = new WebProxy(proxy);
        var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds), MaxResponseContentBufferSize = MostResponseBytes };
        return new TimestampAuthority(new Uri(options.Url), client, roots);
    }

    /// <summary>Asks for a stamp. An authority that cannot be used is an outcome, and never a failure: a pack can be stamped later.</summary>
    public async Task<StampOutcome> StampAsync(byte[] signature, CancellationToken cancellationToken)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        // Positive, and as long in DER as it is here.
        nonce[0] = (byte)((nonce[0] & 0x7F) | 0x40);
        var request = Rfc3161TimestampRequest.CreateFromData(signature, HashAlgorithmName.SHA512, nonce: nonce, requestSignerCertificates: true);
        try
        {
            var response = await PostAsync(request.Encode(), cancellationToken);
            return Judge(request, signature, response);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new StampOutcome.Pending(Address, "did not answer in time.");
        }
        catch (HttpRequestException e)
        {
            return new StampOutcome.Pending(Address, $"cannot be used: {e.Message.TrimEnd('.')}.");
        }
        catch (CryptographicException e)
        {
            return new StampOutcome.Pending(Address, $"gave no usable stamp: {e.Message.TrimEnd('.')}.");
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        foreach (var root in _roots)
            root.Dispose();
    }

    private async Task<byte[]> PostAsync(byte[] request, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(request);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var response = await _client.PostAsync(Address, content, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    private StampOutcome Judge(Rfc3161TimestampRequest request, byte[] signature, byte[] response)
    {
        // Status, imprint, nonce and the presence of the authority's certificate.
        var token = request.ProcessResponse(response, out var consumed);
        if (consumed != response.Length)
            return new StampOutcome.Pending(Address, "answered with more than a response.");
        if (!token.VerifySignatureForData(signature, out var signer) || signer is null)
            return new StampOutcome.Pending(Address, "gave a stamp whose signature does not hold.");
        var certificates = token.AsSignedCms().Certificates;
        var chain = CertificateChain.Build(signer, certificates, _roots, token.TokenInfo.Timestamp, CertificateChain.TimeStamping);
        if (_roots.Count > 0 && chain.Problem is { } problem)
            return new StampOutcome.Pending(Address, $"is not who Evidence:TimestampAuthority:Root says: {problem}");
        var ordered = chain.Certificates.Concat(certificates.Where(certificate => !chain.Certificates.Contains(certificate)));
        return new StampOutcome.Stamped(token.TokenInfo.Timestamp, response, SigningCertificate.PemOf(ordered));
    }
}
