using System.Globalization;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;

namespace MigrationGuard.Retention.Inventory;

/// <summary>What errors of Azure Storage mean to whoever has to see to them.</summary>
internal static class BlobFaults
{
    private const int Forbidden = 403;

    /// <summary>Whether an exception is the service's or the connection's, and no defect of this program.</summary>
    public static bool IsOfStore(Exception exception) =>
        exception is RequestFailedException or AuthenticationFailedException or IOException or TaskCanceledException { InnerException: TimeoutException }
        || (exception is AggregateException several && several.InnerExceptions.All(IsOfStore));

    /// <summary>Whether the service understood what was asked, and refused it as more than it does or grants.</summary>
    public static bool IsRefusal(RequestFailedException exception) => exception.Status is 400 or Forbidden or 409 or 501;

    public static bool IsGone(RequestFailedException exception) =>
        exception.Status == 404 && exception.ErrorCode != BlobErrorCode.ContainerNotFound;

    /// <param name="place">The store.</param>
    /// <param name="what">What could not be done, as in <c>cannot WHAT</c>.</param>
    public static StoreAccessException Of(string place, string what, Exception exception)
    {
        var (problem, remedy) = exception switch
        {
            RequestFailedException failed => Of(failed, what),
            AuthenticationFailedException => ($"cannot {what}: no identity of this machine or environment could sign in.", "Sign in, give the machine a managed identity, or choose another Credential."),
            // Every attempt failed, each for a reason of its own; the last is the one of now.
            AggregateException { InnerExceptions: [.., RequestFailedException last] } => Of(last, what),
            _ => NotReached(what),
        };
        return new StoreAccessException(place, problem, remedy, exception);
    }

    private static (string Problem, string Remedy) Of(RequestFailedException failed, string what) => failed switch
    {
        { Status: 0 } => NotReached(what),
        _ when failed.ErrorCode == BlobErrorCode.ContainerNotFound => ("does not exist.", "Correct Container; names of containers are lower case."),
        _ when failed.ErrorCode == BlobErrorCode.ContainerBeingDeleted => ("is being deleted.", "If that is right, take it out of the configuration."),
        { Status: Forbidden } when Says(failed, "not within the specified time frame") || Says(failed, "Signature not valid in the specified key time frame") || failed.ErrorCode == BlobErrorCode.AuthenticationFailed && Says(failed, "expir") =>
            ($"cannot {what}: the shared access signature has expired, or is not valid yet.", "Make a new one; see that this machine's clock is right."),
        { Status: Forbidden } when failed.ErrorCode == BlobErrorCode.AuthorizationPermissionMismatch || failed.ErrorCode == BlobErrorCode.InsufficientAccountPermissions =>
            ($"cannot {what}: the credential does not allow it ({failed.ErrorCode}).", "Give it Storage Blob Data Reader, or a signature with the permissions read and list."),
        { Status: 401 or Forbidden } => ($"cannot {what}: the service refuses the credential ({Code(failed)}).", "See that the key or signature is of this account and has not expired, that this machine's clock is right, and that the account's firewall lets this machine in."),
        { Status: 429 or 500 or 503 } => ($"cannot {what}: the service is too busy and stayed so ({Code(failed)}).", "Try again later; nothing is known of what lies there."),
        _ => ($"cannot {what} ({Code(failed)}).", "See the service's documentation of that code."),
    };

    private static (string Problem, string Remedy) NotReached(string what) =>
        ($"cannot {what}: the service cannot be reached, or the connection broke off again and again.", "See that the address is right and that this machine may reach it.");

    private static bool Says(RequestFailedException failed, string text) => failed.Message.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static string Code(RequestFailedException failed) => failed.ErrorCode ?? string.Create(CultureInfo.InvariantCulture, $"status {failed.Status}");
}
