using System.Globalization;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.People;
using MigrationGuard.Notifications.Calendars;
using MigrationGuard.Notifications.Templates;

namespace MigrationGuard.Notifications.Smtp;

/// <summary>Mail: a message a person.</summary>
/// <param name="from">The address that mail comes from.</param>
internal sealed class SmtpChannel(SmtpOptions options, string from, TrustedAuthorities authorities, TemplateSet templates, PeopleDirectory people, TimeProvider time) : IDeliveryChannel
{
    public TimeSpan Longest => TimeSpan.FromSeconds(options.TimeoutSeconds);

    public async Task SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var person = people.Person(delivery.Recipient)
            ?? throw new DeliveryException($"nobody is configured as {delivery.Recipient} any more. Add them under People, or see that the role's new holder is told.");
        if (string.IsNullOrEmpty(person.Email))
            throw new DeliveryException($"{delivery.Recipient} has no address. Add Email under People.");
        var content = templates.Render(delivery.Notification, people);
        var mail = new Mail(
            delivery.MessageId, OverTheWire(from), person.Name, OverTheWire(person.Email), content,
            ReviewCalendar.Of(delivery.Notification, content.Subject, content.Text, from, person.Name, person.Email));

        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await using var conversation = await SmtpConversation.OpenAsync(options, authorities, either.Token);
            await conversation.SendAsync(mail.From, mail.Address, MailText.Write(mail, time.GetUtcNow()), either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeliveryException(string.Create(CultureInfo.InvariantCulture, $"the mail server took longer than {options.TimeoutSeconds} s. See that it answers, or raise Notifications:Smtp:TimeoutSeconds."));
        }
        catch (SocketException exception)
        {
            throw new DeliveryException($"the mail server cannot be reached ({exception.SocketErrorCode}). See that it runs, and check Notifications:Smtp:Host and Port.");
        }
        catch (AuthenticationException)
        {
            throw new DeliveryException("the mail server's certificate does not hold: wrong name, out of date, or vouched for by nobody trusted here. Correct Host, or name its authority under Notifications:TrustedAuthorities.");
        }
        catch (IOException)
        {
            throw new DeliveryException("the mail server ended the connection before it had taken the message. See its log.");
        }
    }

    // A host in another alphabet travels in its ASCII form.
    private static string OverTheWire(string address) =>
        MailAddress.TryCreate(address, out var parsed) && parsed.User.All(char.IsAscii)
            ? $"{parsed.User}@{MessageIds.HostOf(address)}"
            : throw new DeliveryException("an address cannot be written in mail. Correct Email under People, or Notifications:From.");
}
