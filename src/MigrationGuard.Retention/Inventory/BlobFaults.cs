using System.Globalization;
using System.Xml;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;

namespace MigrationGuard.Retention.Inventory;

/// <summary>What errors of Azure Storage mean to whoever has to see to them.</summary>
internal static class BlobFaults
{
    /// <summary>Every answer of the service has it; what answers in its place does not know of it.</summary>
    public const string RequestIdHeader = "x-ms-request-id";

    private const int Forbidden = 403;
    private const int NotFound = 404;
    private const int NotImplemented = 501;

    private const string NotOfStorage = "something else than Azure Storage answers at that address, such as a proxy that wants somebody to sign in";
    private const string CorrectTheWay = "See that the address is right, and that no proxy stands before it.";

    /// <summary>Whether an exception is the service's or the connection's, and no defect of this program.</summary>
    /// <param name="cancellationToken">Whoever asked gave up through this one; a cancellation through any other is a request that took too long.</param>
    public static bool IsOfStore(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        // Its form is the service's to get right: a page that was cut off need not show it in any other way.
        RequestFailedException or AuthenticationFailedException or IOException or XmlException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException several => several.InnerExceptions.All(one => IsOfStore(one, cancellationToken)),
        _ => false,
    };

    /// <summary>Whether the service understood what was asked, and refused it as more than it does or grants.</summary>
    /// <remarks>Whoever comes without a credential is told that nothing is there.</remarks>
    public static bool IsRefusal(RequestFailedException exception) =>
        IsOfService(exception) && exception.Status is 400 or 401 or Forbidden or NotFound or 409 or NotImplemented
        && !Is(exception, BlobErrorCode.ContainerNotFound) && !Is(exception, BlobErrorCode.ContainerBeingDeleted);

    /// <summary>Whether the service said of a blob that it is not there, and nothing less than that.</summary>
    public static bool IsGone(RequestFailedException exception) =>
        exception.Status == NotFound && Is(exception, BlobErrorCode.BlobNotFound);

    /// <param name="place">The store.</param>
    /// <param name="what">What could not be done, as in <c>cannot WHAT</c>.</param>
    public static StoreAccessException Of(string place, string what, Exception exception)
    {
        // Where every attempt failed, each for a reason of its own, the last is the one of now.
        var last = exception is AggregateException { InnerExceptions: [.., var latest] } ? latest : exception;
        var (problem, remedy) = last switch
        {
            RequestFailedException { Status: not 0 } failed => Of(failed, what),
            AuthenticationFailedException => ($"cannot {what}: no identity of this machine or environment could sign in.", "Sign in, give the machine a managed identity, or choose another Credential."),
            ForeignAnswerException => ($"cannot {what}: {NotOfStorage}.", CorrectTheWay),
            XmlException => ($"cannot {what}: the answer broke off, or is none of Azure Storage.", CorrectTheWay),
            _ => ($"cannot {what}: the service cannot be reached, or the connection broke off again and again.", "See that the address is right and that this machine may reach it."),
        };
        return new StoreAccessException(place, problem, remedy, exception) { IsOutage = last is not RequestFailedException { Status: > 0 and < 500 and not 408 and not 429 } };
    }

    public static string Code(RequestFailedException failed) => failed.ErrorCode ?? string.Create(CultureInfo.InvariantCulture, $"status {failed.Status}");

    private static (string Problem, string Remedy) Of(RequestFailedException failed, string what) => failed switch
    {
        _ when Is(failed, BlobErrorCode.ContainerNotFound) => ("does not exist.", "Correct Container; names of containers are lower case."),
        _ when Is(failed, BlobErrorCode.ContainerBeingDeleted) => ("is being deleted.", "If that is right, take it out of the configuration."),
        _ when Is(failed, BlobErrorCode.BlobArchived) || Is(failed, BlobErrorCode.BlobBeingRehydrated) =>
            ($"cannot {what}: it is in the archive ({failed.ErrorCode}).", "Have it brought back to an online tier, which takes hours."),
        { Status: 408 or 429 or 500 or 502 or 503 or 504 } => ($"cannot {what}: the service is too busy and stayed so ({Code(failed)}).", "Try again later; nothing is known of what lies there."),
        _ when !IsOfService(failed) => ($"cannot {what}: {NotOfStorage} ({Code(failed)}).", CorrectTheWay),
        { Status: Forbidden } when Says(failed, "Request date header") =>
            ($"cannot {what}: this machine's clock is wrong{ClockOf(failed)}.", "Have it set by a time server; the service takes no request that is more than 15 minutes old."),
        { Status: Forbidden } when Says(failed, "not within the specified time frame") || Says(failed, "not valid in the specified") || (Is(failed, BlobErrorCode.AuthenticationFailed) && Says(failed, "expir")) =>
            ($"cannot {what}: the shared access signature has expired, or is not valid yet{ClockOf(failed)}.", "Make a new one; see that the clock of the machine that makes it is right."),
        { Status: Forbidden } when Is(failed, BlobErrorCode.AuthorizationPermissionMismatch) || Is(failed, BlobErrorCode.InsufficientAccountPermissions) =>
            ($"cannot {what}: the credential does not allow it ({failed.ErrorCode}).", "Give it Storage Blob Data Reader, or a signature with the permissions read and list."),
        { Status: 401 or Forbidden } => ($"cannot {what}: the service refuses the credential ({Code(failed)}).", "See that the key or signature is of this account and has not expired, that this machine's clock is right, and that the account's firewall lets this machine in."),
        _ when Is(failed, "PublicAccessNotPermitted") || Is(failed, BlobErrorCode.ResourceNotFound) =>
            ($"cannot {what}: there is nothing that may be seen without a credential ({failed.ErrorCode}).", "Choose another Credential than Anonymous, or correct Container."),
        _ => ($"cannot {what} ({Code(failed)}).", "See the service's documentation of that code."),
    };

    // The library's own comparison throws where there is no code.
    private static bool Is(RequestFailedException failed, BlobErrorCode code) => string.Equals(failed.ErrorCode, code.ToString(), StringComparison.Ordinal);

    private static bool IsOfService(RequestFailedException failed) =>
        failed.GetRawResponse() is not { } answer || answer.Headers.Contains(RequestIdHeader);

    private static string ClockOf(RequestFailedException failed) =>
        failed.GetRawResponse()?.Headers.Date is { } date ? string.Create(CultureInfo.InvariantCulture, $" (the service's clock said {date.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC)") : "";

    private static bool Says(RequestFailedException failed, string text) => failed.Message.Contains(text, StringComparison.OrdinalIgnoreCase);
}
