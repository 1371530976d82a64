using System.Net.Sockets;
using System.Text;

namespace MigrationGuard.Schedule;

/// <summary>Tells systemd how far the worker is, for units of <c>Type=notify</c> (sd_notify(3)).</summary>
internal static class SystemdNotification
{
    public const string Ready = "READY=1";
    public const string Stopping = "STOPPING=1";

    /// <summary>Sends a state; does nothing where systemd did not start this process.</summary>
    public static void Send(IReadOnlyDictionary<string, string> environment, string state)
    {
        if (!environment.TryGetValue("NOTIFY_SOCKET", out var path) || path.Length == 0)
            return;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // A name that begins with @ is abstract: not a file, and written with a zero.
            socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
            socket.Send(Encoding.UTF8.GetBytes(state));
        }
        catch (SocketException)
        {
            // Whoever started the worker has stopped listening; that is no reason not to work.
        }
    }
}
