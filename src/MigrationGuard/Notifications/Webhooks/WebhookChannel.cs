using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.People;
using MigrationGuard.Notifications.Templates;

namespace MigrationGuard.Notifications.Webhooks;

/// <summary>Posts to another system.</summary>
/// <param name="name">The webhook's name: all that errors call it by, as its address may be a secret.</param>
internal sealed class WebhookChannel(string name, WebhookOptions options, TrustedAuthorities authorities, TemplateSet templates, PeopleDirectory people, TimeProvider time) : IDeliveryChannel, IDisposable
{
    /// <summary>Names the delivery, the same each time it is repeated, so that the receiver can drop repeats.</summary>
    public const string IdHeader = "X-MigrationGuard-Id";

    // Enough to see what a server has to say; a body beyond that is left where it is.
    private const int MostOctetsOfAnswer = 4096;
    private const int MostShown = 200;

    private readonly HttpClient _client = new(Handler(options, authorities)) { Timeout = Timeout.InfiniteTimeSpan };

    public TimeSpan Longest => TimeSpan.FromSeconds(options.TimeoutSeconds);

    public void Dispose() => _client.Dispose();

    public async Task SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var rendered = templates.Render(delivery.Notification, people);
        var body = WebhookBody.Of(options.Kind, delivery.Notification, rendered);
        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = Request(delivery, body);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode)
                throw Refused(response.StatusCode, await BeginningAsync(response, either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeliveryException(string.Create(CultureInfo.InvariantCulture, $"the webhook {name} took longer than {options.TimeoutSeconds} s. See that it answers, or raise its TimeoutSeconds."));
        }
        catch (HttpRequestException exception)
        {
            // Not its message, which may hold the address.
            throw new DeliveryException($"the webhook {name} cannot be reached ({exception.HttpRequestError}). See that it runs, and check its Url and Proxy.");
        }
        catch (IOException)
        {
            throw new DeliveryException($"the webhook {name} ended the connection while it answered. See its log.");
        }
    }

    private HttpRequestMessage Request(Delivery delivery, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, options.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add(IdHeader, delivery.MessageId.Trim('<', '>'));
        if (!string.IsNullOrEmpty(options.Secret))
            request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(options.Secret, time.GetUtcNow(), body));
        return request;
    }

    private DeliveryException Refused(HttpStatusCode status, string beginning)
    {
        var code = ((int)status).ToString(CultureInfo.InvariantCulture);
        return (int)status is >= 300 and < 400
            ? new DeliveryException($"the webhook {name} answered {code}: a redirection, which is not followed, as what is sent is meant for the configured address alone. Correct its Url.")
            : new DeliveryException($"the webhook {name} answered {code}{(beginning.Length == 0 ? "." : ": " + beginning)}");
    }

    private async Task<string> BeginningAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostOctetsOfAnswer];
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        var text = string.Concat(Encoding.UTF8.GetString(buffer, 0, read).ReplaceLineEndings(" ").Where(c => !char.IsControl(c))).Trim();
        // A server may repeat the address it was called by.
        return MayRepeatTheAddress(text) ? "(not repeated: it holds parts of the address)" : text.Length > MostShown ? text[..MostShown] + "…" : text;
    }

    private bool MayRepeatTheAddress(string text)
    {
        var address = new Uri(options.Url);
        var parts = address.PathAndQuery.Split(['/', '?', '&', '=']).Where(part => part.Length >= 4);
        return parts.SelectMany(part => new[] { part, Uri.UnescapeDataString(part) }).Any(part => text.Contains(part, StringComparison.OrdinalIgnoreCase));
    }

    private static SocketsHttpHandler Handler(WebhookOptions options, TrustedAuthorities authorities) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // Named in the configuration or not used: HTTP_PROXY of whoever started the worker is no decision.
        UseProxy = options.Proxy is not null,
        Proxy = options.Proxy is null ? null : new WebProxy(options.Proxy),
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = authorities.Accepts },
    };
}
