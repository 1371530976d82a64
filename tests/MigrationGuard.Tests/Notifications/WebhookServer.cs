using System.Net;

namespace MigrationGuard.Tests.Notifications;

/// <summary>A post as it came in.</summary>
internal sealed record TakenPost(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A web server on loopback that answers as it is told to.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<HttpListenerResponse, CancellationToken, Task> _answer;
    private readonly List<Task> _answers = [];
    private readonly Task _accepting;

    /// <param name="answer">Writes the answer; the default is an empty 202.</param>
    public WebhookServer(Func<HttpListenerResponse, CancellationToken, Task>? answer = null)
    {
        _answer = answer ?? ((response, _) =>
        {
            response.StatusCode = 202;
            return Task.CompletedTask;
        });
        Root = $"http://127.0.0.1:{HostileMailServer.FreePort()}/";
        _listener.Prefixes.Add(Root);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Root { get; }

    public List<TakenPost> Taken { get; } = [];

    /// <summary>Octets of an endless answer that were written before the other side left.</summary>
    public long Written { get; private set; }

    public async Task WriteEndlesslyAsync(HttpListenerResponse response, CancellationToken stop)
    {
        response.SendChunked = true;
        var block = new byte[64 * 1024];
        for (var octets = 0L; octets < 1L << 30; octets += block.Length)
        {
            await response.OutputStream.WriteAsync(block, stop);
            Written += block.Length;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Abort();
        await _accepting;
        await Task.WhenAll(_answers);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _answers.Add(AnswerAsync(await _listener.GetContextAsync()));
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body, _stop.Token);
            var headers = context.Request.Headers.AllKeys.ToDictionary(name => name!, name => context.Request.Headers[name]!);
            Taken.Add(new TakenPost(context.Request.RawUrl!, headers, body.ToArray()));
            await _answer(context.Response, _stop.Token);
            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            context.Response.Abort();
        }
    }
}
