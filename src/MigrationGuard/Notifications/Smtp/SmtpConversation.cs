using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace MigrationGuard.Notifications.Smtp;

/// <summary>A conversation with a mail server that hands over one message (RFC 5321, RFC 3207, RFC 4954).</summary>
/// <remarks>
/// Not System.Net.Mail.SmtpClient: it cannot be cancelled while it waits for the answer to the message itself, writes a Date of its
/// own without the day of the week, and takes a private authority only through a setting of the whole process.
/// </remarks>
internal sealed class SmtpConversation : IAsyncDisposable
{
    private static readonly TimeSpan GoodbyeWait = TimeSpan.FromSeconds(2);

    private readonly TcpClient _connection = new();
    private Stream _stream = Stream.Null;
    private SmtpReplies _replies = new(Stream.Null);
    private HashSet<string> _extensions = [];

    private SmtpConversation() { }

    /// <summary>Connects, and goes as far as the server must be told about a message.</summary>
    /// <exception cref="DeliveryException">The server refuses, or cannot do what is configured.</exception>
    public static async Task<SmtpConversation> OpenAsync(SmtpOptions options, TrustedAuthorities authorities, CancellationToken cancellationToken)
    {
        var conversation = new SmtpConversation();
        try
        {
            await conversation._connection.ConnectAsync(options.Host, options.Port, cancellationToken);
            conversation.Use(conversation._connection.GetStream());
            Demand("to the connection", await conversation._replies.ReadAsync(cancellationToken), 220);
            await conversation.GreetAsync(cancellationToken);
            if (options.Security == SmtpSecurity.StartTls)
                await conversation.SecureAsync(options.Host, authorities, cancellationToken);
            if (!string.IsNullOrEmpty(options.User))
                await conversation.LogInAsync(options.User, options.Password ?? "", cancellationToken);
            return conversation;
        }
        catch
        {
            await conversation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Hands over a message. It is the server's once this returns.</summary>
    /// <param name="message">Ends in CRLF.</param>
    /// <exception cref="DeliveryException">The server refused it.</exception>
    public async Task SendAsync(string from, string to, byte[] message, CancellationToken cancellationToken)
    {
        Demand("to the sender", await AskAsync($"MAIL FROM:<{from}>", cancellationToken), 250);
        Demand("to the recipient", await AskAsync($"RCPT TO:<{to}>", cancellationToken), 250, 251);
        Demand("to the message", await AskAsync("DATA", cancellationToken), 354);
        await _stream.WriteAsync(Stuffed(message), cancellationToken);
        await _stream.WriteAsync(".\r\n"u8.ToArray(), cancellationToken);
        Demand("to the message", await _replies.ReadAsync(cancellationToken), 250);
        await SayGoodbyeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _connection.Dispose();
    }

    private void Use(Stream stream)
    {
        _stream = stream;
        _replies = new SmtpReplies(stream);
    }

    private async Task GreetAsync(CancellationToken cancellationToken)
    {
        // The address of this end: always true, where a machine's own name often means nothing to the server.
        var address = ((IPEndPoint)_connection.Client.LocalEndPoint!).Address;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var literal = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{new IPAddress(address.GetAddressBytes())}]" : $"[{address}]";
        var reply = Demand("to the greeting", await AskAsync("EHLO " + literal, cancellationToken), 250);
        _extensions = reply.Lines.Skip(1).Select(line => line.Trim().ToUpperInvariant()).ToHashSet();
    }

    private async Task SecureAsync(string host, TrustedAuthorities authorities, CancellationToken cancellationToken)
    {
        if (!_extensions.Contains("STARTTLS"))
            throw new DeliveryException("the mail server does not offer STARTTLS, and nothing is sent readable. Ask who runs it, or set Notifications:Smtp:Security to None.");
        Demand("to STARTTLS", await AskAsync("STARTTLS", cancellationToken), 220);
        // What was sent ahead of the protection would count as said under it.
        if (_replies.HasMore)
            throw new DeliveryException("the mail server, or somebody in between, sent more than an answer before STARTTLS took effect. Nothing was sent.");
        var secured = new SslStream(_stream, leaveInnerStreamOpen: false);
        Use(secured);
        await secured.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = host, RemoteCertificateValidationCallback = authorities.Accepts },
            cancellationToken);
        // What the server offered before may have been written by somebody in between (RFC 3207, section 4.2).
        await GreetAsync(cancellationToken);
    }

    private async Task LogInAsync(string user, string password, CancellationToken cancellationToken)
    {
        var mechanisms = _extensions.FirstOrDefault(extension => extension.StartsWith("AUTH ", StringComparison.Ordinal))?.Split(' ') ?? [];
        if (mechanisms.Contains("PLAIN"))
        {
            Demand("to the login", await AskAsync("AUTH PLAIN " + Base64($"\0{user}\0{password}"), cancellationToken), 235);
        }
        else if (mechanisms.Contains("LOGIN"))
        {
            Demand("to the login", await AskAsync("AUTH LOGIN", cancellationToken), 334);
            Demand("to the login", await AskAsync(Base64(user), cancellationToken), 334);
            Demand("to the login", await AskAsync(Base64(password), cancellationToken), 235);
        }
        else
        {
            throw new DeliveryException("the mail server offers neither AUTH PLAIN nor AUTH LOGIN. Remove Notifications:Smtp:User, or ask who runs it.");
        }
    }

    private async Task<SmtpReply> AskAsync(string command, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), cancellationToken);
        return await _replies.ReadAsync(cancellationToken);
    }

    // The message has been taken already: nothing that happens here may say otherwise.
    private async Task SayGoodbyeAsync()
    {
        using var patience = new CancellationTokenSource(GoodbyeWait);
        try
        {
            await AskAsync("QUIT", patience.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or DeliveryException)
        {
        }
    }

    private static SmtpReply Demand(string stage, SmtpReply reply, params ReadOnlySpan<int> expected) =>
        expected.Contains(reply.Code) ? reply : throw new DeliveryException($"the mail server answered {stage}: {SmtpReplies.Described(reply)}");

    // A line that begins with a dot gets another, as a dot alone ends the message (RFC 5321, section 4.5.2).
    private static byte[] Stuffed(byte[] message)
    {
        var stuffed = new List<byte>(message.Length + 16);
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == '.' && (i == 0 || message[i - 1] == '\n'))
                stuffed.Add((byte)'.');
            stuffed.Add(message[i]);
        }
        return [.. stuffed];
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
