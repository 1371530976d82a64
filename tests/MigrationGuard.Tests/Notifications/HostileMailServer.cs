using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MigrationGuard.Tests.Notifications;

/// <summary>What a mail server does wrong in one conversation.</summary>
/// <param name="At">The stage: <c>connect</c>, a command's first word, or <c>message</c> for the answer to the message itself.</param>
/// <param name="Answer">Said instead of what is right; null to say nothing.</param>
/// <param name="Hangs">Whether the connection then stays open in silence; otherwise it is cut, unless something was said.</param>
internal sealed record MailFault(string At, string? Answer = null, bool Hangs = false, bool KeepsTheMessage = false);

/// <summary>A mail as it came in.</summary>
/// <param name="WasAccepted">Whether the server kept it, whatever it answered.</param>
internal sealed record TakenMail(string From, string To, string Text, bool WasSecured, string? Login, bool WasAccepted);

/// <summary>A mail server on loopback with a fault a conversation, in their order; flawless after the last.</summary>
internal sealed class HostileMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly X509Certificate2? _certificate;
    private readonly Queue<MailFault> _faults;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _conversations = [];
    // Conversations run side by side: with workers that send together, and one that was killed beside the next.
    private readonly List<TakenMail> _taken = [];
    private readonly Task _accepting;

    public HostileMailServer(IEnumerable<MailFault> faults, X509Certificate2? certificate = null, int port = 0)
    {
        _faults = new Queue<MailFault>(faults);
        Stalls = _faults.Any(fault => fault.Hangs);
        _certificate = certificate;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Mechanisms { get; init; } = "PLAIN LOGIN";

    public bool OffersStartTls { get; init; } = true;

    /// <summary>Said in one breath with the answer to STARTTLS, as somebody in between would.</summary>
    public string Injected { get; init; } = "";

    public bool Stalls { get; }

    /// <summary>What came in until now, in its order.</summary>
    public IReadOnlyList<TakenMail> Taken
    {
        get
        {
            lock (_taken)
                return [.. _taken];
        }
    }

    public int Conversations { get; private set; }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_conversations);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Conversations++;
                _conversations.Add(ConverseAsync(client, _faults.TryDequeue(out var fault) ? fault : null));
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ConverseAsync(TcpClient client, MailFault? fault)
    {
        using (client)
        {
            try
            {
                await new Conversation(this, client.GetStream(), fault).RunAsync(_stop.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
            }
        }
    }

    private sealed class Conversation(HostileMailServer server, Stream stream, MailFault? fault)
    {
        private Stream _stream = stream;
        private string _from = "";
        private string _to = "";
        private string? _login;

        public async Task RunAsync(CancellationToken stop)
        {
            if (!await AnswerAsync("connect", "220 mail.example.org", stop))
                return;
            while (await LineAsync(stop) is { } line)
            {
                var command = line.Split([' ', ':'])[0].ToUpperInvariant();
                var isGoingOn = command switch
                {
                    "DATA" => await AnswerAsync(command, "354 Go on", stop) && (fault?.At == command || await TakeMessageAsync(stop)),
                    "STARTTLS" => await SecureAsync(stop),
                    "AUTH" => await LogInAsync(line, stop),
                    "QUIT" => await AnswerAsync(command, "221 Bye", stop) && false,
                    _ => await AnswerAsync(command, Right(command, line), stop),
                };
                if (!isGoingOn)
                    return;
            }
        }

        private string Right(string command, string line)
        {
            if (command == "EHLO")
                return $"250-mail.example.org\r\n{(server.OffersStartTls && _stream is not SslStream ? "250-STARTTLS\r\n" : "")}250 AUTH {server.Mechanisms}";
            if (command == "MAIL")
                _from = line["MAIL FROM:<".Length..^1];
            if (command == "RCPT")
                _to = line["RCPT TO:<".Length..^1];
            return command is "MAIL" or "RCPT" ? "250 OK" : "502 Not known";
        }

        private async Task<bool> TakeMessageAsync(CancellationToken stop)
        {
            var text = new StringBuilder();
            while (await LineAsync(stop) is var line && line != ".")
            {
                if (line is null)
                    return false;
                text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            }
            var isAccepted = fault?.At != "message" || fault.KeepsTheMessage;
            lock (server._taken)
                server._taken.Add(new TakenMail(_from, _to, text.ToString(), _stream is SslStream, _login, isAccepted));
            return await AnswerAsync("message", "250 OK, taken", stop);
        }

        private async Task<bool> SecureAsync(CancellationToken stop)
        {
            if (!await AnswerAsync("STARTTLS", "220 Go on" + server.Injected, stop))
                return false;
            var secured = new SslStream(_stream);
            await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server._certificate }, stop);
            _stream = secured;
            return true;
        }

        private async Task<bool> LogInAsync(string line, CancellationToken stop)
        {
            if (fault?.At == "AUTH")
                return await AnswerAsync("AUTH", "", stop);
            var words = line.Split(' ');
            if (words[1] == "PLAIN")
            {
                _login = Decoded(words[2]).Trim('\0').Replace('\0', ':');
            }
            else
            {
                await AnswerAsync("login", "334 VXNlcm5hbWU6", stop);
                var user = Decoded((await LineAsync(stop))!);
                await AnswerAsync("login", "334 UGFzc3dvcmQ6", stop);
                _login = user + ":" + Decoded((await LineAsync(stop))!);
            }
            return await AnswerAsync("login", "235 Welcome", stop);
        }

        private async Task<bool> AnswerAsync(string stage, string right, CancellationToken stop)
        {
            var isFault = fault?.At == stage;
            if ((isFault ? fault!.Answer : right) is { } answer)
                await _stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\r\n"), stop);
            if (isFault && fault!.Hangs)
                await Task.Delay(Timeout.Infinite, stop);
            return !isFault || fault!.Answer is not null;
        }

        private async Task<string?> LineAsync(CancellationToken stop)
        {
            var line = new List<byte>();
            var octet = new byte[1];
            while (await _stream.ReadAsync(octet, stop) == 1)
            {
                if (octet[0] == '\n')
                    return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                line.Add(octet[0]);
            }
            return null;
        }

        private static string Decoded(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
    }
}
