using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Web;

namespace MigrationGuard.Tests.Retention.Inventory;

/// <summary>A blob service on loopback with one container, which speaks the documented REST and goes wrong as it is told to.</summary>
/// <remarks>It shows what the emulator cannot: versions, snapshots' and deleted blobs' properties, policies and holds. It checks no signature.</remarks>
internal sealed class FakeBlobService : IAsyncDisposable
{
    private const string Account = "fakeaccount";
    private readonly HttpListener _listener = new();
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentBag<Task> _answers = [];
    private readonly ConcurrentQueue<BlobCall> _calls = new();
    private readonly ConcurrentDictionary<BlobOperation, int> _times = new();
    private readonly Task _accepting;
    private readonly FakeContainer _container = new();

    public FakeBlobService()
    {
        Root = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Root);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Root { get; }

    public string ContainerAddress => $"{Root}{Account}/{FakeContainer.Name}";

    /// <summary>The key is nobody's; what is signed with it is never checked.</summary>
    public string ConnectionString => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey=c2VjcmV0LWNhbmFyeS1rZXk=;BlobEndpoint={Root}{Account};";

    /// <summary>In the order in which they are listed.</summary>
    public IReadOnlyList<FakeBlob> Blobs
    {
        get => _container.Blobs;
        set => _container.Blobs = value;
    }

    /// <summary>Blobs a page, where the request does not ask for fewer.</summary>
    public int PageSize
    {
        set => _container.PageSize = value;
    }

    /// <summary>Whether what a listing leaves out counts for its page, so that pages come short or empty.</summary>
    public bool HasEmptyPages
    {
        set => _container.HasEmptyPages = value;
    }

    /// <summary>Whether the whole is given for each range.</summary>
    public bool IgnoresRanges { get; set; }

    /// <summary>What is to go wrong with a call; null for nothing.</summary>
    public Func<BlobCall, BlobFault?> Fault { get; set; } = _ => null;

    /// <summary>Called when a call has come in and before it is answered: others may change the container now.</summary>
    public Action<BlobCall> Arrived { get; set; } = _ => { };

    /// <summary>The service's clock, as its answers show it; null for the real one.</summary>
    public DateTimeOffset? Clock { get; set; }

    public string? PublicAccess { get; set; }

    public int? SoftDeleteDays { get; set; }

    public string Sku { get; set; } = "Standard_ZRS";

    public bool HasImmutabilityPolicy { get; set; }

    public bool HasLegalHold { get; set; }

    public bool HasImmutableVersions { get; set; }

    /// <summary>What came in until now.</summary>
    public IReadOnlyCollection<BlobCall> Calls => _calls;

    public int Count(BlobOperation operation) => _times.GetValueOrDefault(operation);

    public void Put(FakeBlob blob) => Blobs = [.. Blobs.Where(other => other.Name != blob.Name || other.ShownBy is not null), blob];

    public async ValueTask DisposeAsync()
    {
        _stop.TrySetResult();
        _listener.Abort();
        await _accepting;
        await Task.WhenAll(_answers);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _answers.Add(AnswerAsync(await _listener.GetContextAsync()));
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        await Task.Yield();
        try
        {
            var (path, query) = Split(context.Request.RawUrl!);
            var call = Understand(path, query, context.Request);
            _calls.Enqueue(call);
            Arrived(call);
            var fault = Fault(call);
            if (fault is { IsSilent: true })
            {
                await _stop.Task;
                return;
            }
            var answer = fault is null or { CutAfter: not null } ? Work(call, query, context.Request) : FakeAnswer.To(fault);
            await SendAsync(context.Response, answer, fault, context.Request.HttpMethod == "HEAD");
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            context.Response.Abort();
        }
    }

    private static (string Path, NameValueCollection Query) Split(string url)
    {
        var parts = url.Split('?', 2);
        return (parts[0], HttpUtility.ParseQueryString(parts.Length == 2 ? parts[1] : ""));
    }

    private BlobCall Understand(string path, NameValueCollection query, HttpListenerRequest request)
    {
        var segments = path.TrimStart('/').Split('/', 3);
        var operation = (query["restype"], query["comp"], segments.Length) switch
        {
            ("account", "properties", _) => BlobOperation.GetAccountInfo,
            ("service", "properties", _) => BlobOperation.GetServiceProperties,
            ("container", "list", _) => BlobOperation.ListBlobs,
            ("container", null, _) => BlobOperation.GetContainerProperties,
            (null, null, 3) => BlobOperation.GetBlob,
            _ => throw new InvalidOperationException("The fake service does not know " + request.RawUrl),
        };
        return new BlobCall(
            operation,
            operation == BlobOperation.GetBlob ? Uri.UnescapeDataString(segments[2]) : "",
            // The library writes them with capitals, which the service does not mind.
            query["include"]?.ToLowerInvariant().Split(',') ?? [],
            query["marker"] ?? "",
            RangeOf(request)?.From ?? 0,
            _times.AddOrUpdate(operation, 1, (_, times) => times + 1));
    }

    private FakeAnswer Work(BlobCall call, NameValueCollection query, HttpListenerRequest request) => call.Operation switch
    {
        BlobOperation.ListBlobs => new FakeAnswer(200, _container.Page(call.Include, query["prefix"] ?? "", call.Marker, query["maxresults"])),
        BlobOperation.GetBlob => Get(call, query, request),
        BlobOperation.GetContainerProperties => new FakeAnswer(200, [])
        {
            Headers =
            [
                ("ETag", "\"0x8DD0\""), ("Last-Modified", BlobListingXml.Rfc1123(DateTimeOffset.UnixEpoch)), ("x-ms-blob-public-access", PublicAccess),
                ("x-ms-has-immutability-policy", Word(HasImmutabilityPolicy)), ("x-ms-has-legal-hold", Word(HasLegalHold)), ("x-ms-immutable-storage-with-versioning-enabled", Word(HasImmutableVersions)),
            ],
        },
        BlobOperation.GetServiceProperties => new FakeAnswer(200, BlobListingXml.ServiceProperties(SoftDeleteDays)),
        _ => new FakeAnswer(200, []) { Headers = [("x-ms-sku-name", Sku), ("x-ms-account-kind", "StorageV2")] },
    };

    private FakeAnswer Get(BlobCall call, NameValueCollection query, HttpListenerRequest request)
    {
        if (_container.Find(call.Blob, query["versionid"], query["snapshot"]) is not { } blob)
            return FakeAnswer.To(new BlobFault(404, "BlobNotFound"));
        if (request.Headers["If-Match"] is { } match && match.Trim('"') != blob.ETag)
            return FakeAnswer.To(new BlobFault(412, "ConditionNotMet"));
        if (blob.Tier == "Archive")
            return FakeAnswer.To(new BlobFault(409, "BlobArchived"));
        var range = IgnoresRanges ? null : RangeOf(request);
        var (from, to) = range ?? (0, blob.Content.Length - 1L);
        if (range is not null && from >= blob.Content.Length)
            return FakeAnswer.To(new BlobFault(416, "InvalidRange"));
        to = Math.Min(to, blob.Content.Length - 1);
        return new FakeAnswer(range is null ? 200 : 206, blob.Content[(int)from..(int)(to + 1)])
        {
            Headers =
            [
                ("Content-Range", range is null ? null : string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{to}/{blob.Content.Length}")), ("ETag", $"\"{blob.ETag}\""),
                ("Last-Modified", BlobListingXml.Rfc1123(blob.Modified)), ("x-ms-blob-type", "BlockBlob"), ("Content-Type", "application/octet-stream"),
            ],
        };
    }

    private static (long From, long To)? RangeOf(HttpListenerRequest request)
    {
        if ((request.Headers["x-ms-range"] ?? request.Headers["Range"]) is not { } range)
            return null;
        var ends = range["bytes=".Length..].Split('-');
        return (long.Parse(ends[0], CultureInfo.InvariantCulture), ends[1].Length == 0 ? long.MaxValue - 1 : long.Parse(ends[1], CultureInfo.InvariantCulture));
    }

    private async Task SendAsync(HttpListenerResponse response, FakeAnswer answer, BlobFault? fault, bool isHead)
    {
        response.StatusCode = answer.Status;
        response.ContentType = isHead ? null : "application/xml";
        foreach (var (name, value) in answer.Headers.Where(header => header.Value is not null))
            response.Headers[name] = value;
        if (!answer.IsForeign)
        {
            response.Headers["x-ms-request-id"] = Guid.Empty.ToString();
            response.Headers["x-ms-version"] = "2023-01-03";
        }
        if (Clock is { } clock)
            response.Headers["Date"] = BlobListingXml.Rfc1123(clock);
        if (isHead)
        {
            response.Close();
            return;
        }
        var sent = fault?.CutAfter is { } cut ? answer.Body[..Math.Min(cut, answer.Body.Length)] : answer.Body;
        response.ContentLength64 = fault is { HidesTheCut: true } ? sent.Length : answer.Body.Length;
        await response.OutputStream.WriteAsync(sent);
        if (sent.Length == response.ContentLength64)
            response.Close();
        else
            response.Abort();
    }

    private static string Word(bool value) => value ? "true" : "false";
}
