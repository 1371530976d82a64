using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace MigrationGuard.Retention.Inventory;

/// <summary>How patiently the service is asked, and for how much at once.</summary>
internal sealed record BlobRequests
{
    public static readonly BlobRequests Usual = new();

    /// <summary>How often a request that failed is made again.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>What passes before the first of them; doubled before each of the next.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The most that is waited between two tries, whether this program or the service chooses.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the service may be silent within a try.</summary>
    /// <remarks>The service's own limit for a list is 30 seconds a page: a try that takes longer has lost its connection.</remarks>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Blobs a page of a listing; null for as many as the service gives, which is 5000.</summary>
    public int? PageSize { get; init; }

    public BlobClientOptions ToOptions()
    {
        var options = new BlobClientOptions { RetryPolicy = new BoundedRetries(this), Retry = { NetworkTimeout = TryTimeout } };
        options.AddPolicy(new OnlyAzureStorage(), HttpPipelinePosition.PerCall);
        return options;
    }

    /// <summary>Tries again, unless the service wants to be left alone for longer than anybody would wait for it.</summary>
    /// <remarks>The library waits for as long as Retry-After says, be it a day.</remarks>
    private sealed class BoundedRetries(BlobRequests requests)
        : RetryPolicy(requests.Retries, DelayStrategy.CreateExponentialDelayStrategy(requests.Delay, requests.LongestDelay))
    {
        protected override bool ShouldRetry(HttpMessage message, Exception? exception) => !AsksForLonger(message) && base.ShouldRetry(message, exception);

        protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) => !AsksForLonger(message) && await base.ShouldRetryAsync(message, exception);

        private bool AsksForLonger(HttpMessage message) =>
            message.HasResponse && message.Response.Headers.TryGetValue("Retry-After", out var after)
            && int.TryParse(after, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds > requests.LongestDelay.TotalSeconds;
    }

    /// <summary>Lets no answer pass for the service's that lacks what each of its answers has.</summary>
    /// <remarks>A proxy's page to sign in comes with status 200, and would else be read as a listing or as a blob.</remarks>
    private sealed class OnlyAzureStorage : HttpPipelineSynchronousPolicy
    {
        public override void OnReceivedResponse(HttpMessage message)
        {
            if (!message.Response.IsError && !message.Response.Headers.Contains(BlobFaults.RequestIdHeader))
                throw new ForeignAnswerException();
        }
    }
}
