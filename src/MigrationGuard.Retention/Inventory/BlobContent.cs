using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Inventory;

/// <summary>A blob, of which each range is a request; only as it was when it was listed.</summary>
internal sealed class BlobContent(BlobBaseClient blob, StoredCopy copy, string place) : IRangedContent
{
    private const int ConditionNotMet = 412;
    private const int NotSatisfiable = 416;

    public long Length => copy.Length;

    public async ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (destination.Length == 0)
            return;
        try
        {
            // Two ranges of a blob that was replaced in between would be read as one file.
            var conditions = copy is { State: CopyState.Current, ETag.Length: > 0 } ? new BlobRequestConditions { IfMatch = new ETag(copy.ETag) } : null;
            var range = new HttpRange(offset, destination.Length);
            using var answer = (await blob.DownloadStreamingAsync(new BlobDownloadOptions { Range = range, Conditions = conditions }, cancellationToken)).Value;
            // Whatever stands in between may drop the wish for a range, and give the whole from its beginning.
            if (offset > 0 && answer.Details.ContentRange?.StartsWith(FormattableString.Invariant($"bytes {offset}-"), StringComparison.Ordinal) is not true)
                throw new ForeignAnswerException();
            await answer.Content.ReadExactlyAsync(destination, cancellationToken);
        }
        catch (EndOfStreamException e)
        {
            throw ContentChangedException.Shorter(copy.Address, copy.Length, e);
        }
        catch (RequestFailedException e) when (e.Status == ConditionNotMet)
        {
            // Of what is not there, too, the condition may be said not to hold.
            throw await IsThereAsync(cancellationToken) ? ContentChangedException.Replaced(copy.Address, e) : ContentChangedException.Gone(copy.Address, e);
        }
        catch (RequestFailedException e) when (e.Status == NotSatisfiable)
        {
            throw ContentChangedException.Shorter(copy.Address, copy.Length, e);
        }
        catch (RequestFailedException e) when (BlobFaults.IsGone(e))
        {
            throw ContentChangedException.Gone(copy.Address, e);
        }
        catch (Exception e) when (BlobFaults.IsOfStore(e, cancellationToken))
        {
            throw BlobFaults.Of(place, $"give {copy.Address}", e);
        }
    }

    private async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        try
        {
            await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (BlobFaults.IsGone(e))
        {
            return false;
        }
        catch (Exception e) when (BlobFaults.IsOfStore(e, cancellationToken))
        {
            throw BlobFaults.Of(place, $"give {copy.Address}", e);
        }
    }
}
