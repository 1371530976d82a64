using System.Globalization;
using System.Net.Mail;
using MigrationGuard.Configuration;
using MigrationGuard.Configuration.Overrides;
using MigrationGuard.Ledger;
using MigrationGuard.Ledger.People;

namespace MigrationGuard.Notifications;

/// <summary>The rules of notifications, and of what of people goes into mail.</summary>
internal static class NotificationRules
{
    private const int MostTimeoutSeconds = 600;
    private const int MostRetryMinutes = 7 * 24 * 60;
    private const int LeastSecretLength = 16;

    public static IEnumerable<ConfigurationProblem> Check(NotificationOptions options, IReadOnlyDictionary<string, PersonOptions> people, IReadOnlyDictionary<string, RoleOptions> roles) =>
    [
        .. General(options, roles),
        .. options.Smtp is { } smtp ? Smtp(smtp) : [],
        .. options.Webhooks.SelectMany(webhook => Webhook(webhook.Key, webhook.Value)),
        .. people.SelectMany(person => Person(person.Key, person.Value)),
    ];

    /// <summary>Whether mail can be sent to or from the text as it is: an address without a display name, in ASCII before the @.</summary>
    internal static bool IsAddress(string text) =>
        MailAddress.TryCreate(text, out var address)
        && address.Address == text
        && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>')
        && address.User.All(char.IsAscii)
        && MessageIds.HostOf(text).All(char.IsAscii);

    private static IEnumerable<ConfigurationProblem> General(NotificationOptions options, IReadOnlyDictionary<string, RoleOptions> roles)
    {
        if (options.From.Length == 0 && options.Smtp is not null)
            yield return new("Notifications:From", "is missing.", "Write the address that mail is to come from.");
        else if (options.From.Length > 0 && !IsAddress(options.From))
            yield return new("Notifications:From", "is not an address that mail can come from.", "Write one such as migrationguard@example.org, without a name.");
        if (options.AlertRole is { } role && !roles.ContainsKey(role))
            yield return new("Notifications:AlertRole", "names no role.", "Add it under Roles." + (NearestName.Of(role, roles.Keys) is { } nearest ? $" Did you mean {ConfigurationPlace.Shown(nearest)}?" : ""));
        if (options.RetryMaxMinutes is < 1 or > MostRetryMinutes)
            yield return new("Notifications:RetryMaxMinutes", "is less than 1 or more than a week.", "Write 1 to 10080.");
        if (options.RetrySeconds is < 1 or > 3600)
            yield return new("Notifications:RetrySeconds", "is less than 1 or more than an hour.", "Write 1 to 3600.");
    }

    private static IEnumerable<ConfigurationProblem> Smtp(SmtpOptions smtp)
    {
        if (Uri.CheckHostName(smtp.Host) == UriHostNameType.Unknown)
            yield return new("Notifications:Smtp:Host", smtp.Host.Length == 0 ? "is missing." : "is not the name of a server.", "Write the mail server's name, such as smtp.example.org.");
        if (smtp.Port is < 1 or > ushort.MaxValue)
            yield return new("Notifications:Smtp:Port", "is no port.", "Write 1 to 65535; 25 or 587 as a rule.");
        if (smtp.TimeoutSeconds is < 1 or > MostTimeoutSeconds)
            yield return new("Notifications:Smtp:TimeoutSeconds", "is less than 1 or more than 600.", "Write how long one message may take.");
        if (string.IsNullOrEmpty(smtp.User) && !string.IsNullOrEmpty(smtp.Password))
            yield return new("Notifications:Smtp:User", "is missing, though there is a password.", "Write the login, or remove the password.");
        if (string.IsNullOrEmpty(smtp.User))
            yield break;
        if (string.IsNullOrEmpty(smtp.Password))
            yield return new("Notifications:Smtp:Password", "is missing, though there is a login.", $"Set the environment variable {EnvironmentVariables.For(["Notifications", "Smtp", "Password"])}.");
        if (smtp.Security == SmtpSecurity.None && !IsLoopback(smtp.Host))
            yield return new("Notifications:Smtp:Security", "is None, and the password would cross the network readable.", "Write StartTls, or send without a login.");
    }

    private static IEnumerable<ConfigurationProblem> Webhook(string name, WebhookOptions webhook)
    {
        string At(string option) => ConfigurationPlace.Below("", "Notifications", "Webhooks", name, option);
        string Variable(string option) => $"Set the environment variable {EnvironmentVariables.For(["Notifications", "Webhooks", ConfigurationPlace.Shown(name), option])}.";
        if (string.IsNullOrWhiteSpace(webhook.Url))
            yield return new(At(nameof(webhook.Url)), "is missing.", Variable(nameof(webhook.Url)));
        else if (!IsUsable(webhook.Url))
            yield return new(At(nameof(webhook.Url)), "is not an address to post to.", "Write https://…, without a login in it; http:// only for this machine.");
        if (webhook.Kind == WebhookKind.Generic && (webhook.Secret ?? "").Length < LeastSecretLength)
            yield return new(At(nameof(webhook.Secret)), "is missing or shorter than 16 characters.", Variable(nameof(webhook.Secret)));
        if (webhook.Proxy is { } proxy && !(Uri.TryCreate(proxy, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.UserInfo.Length == 0))
            yield return new(At(nameof(webhook.Proxy)), "is not the address of a proxy.", "Write http://HOST:PORT, without a login in it.");
        if (webhook.TimeoutSeconds is < 1 or > MostTimeoutSeconds)
            yield return new(At(nameof(webhook.TimeoutSeconds)), "is less than 1 or more than 600.", "Write how long one post may take.");
        for (var index = 0; index < webhook.Topics.Count; index++)
        {
            if (!Topics.All.ContainsKey(webhook.Topics[index]))
                yield return new(ConfigurationPlace.Below(At(nameof(webhook.Topics)), index.ToString(CultureInfo.InvariantCulture)), "is not a topic.", NearestName.Remedy(webhook.Topics[index], Topics.Names));
        }
    }

    private static IEnumerable<ConfigurationProblem> Person(string name, PersonOptions person)
    {
        // A line break would begin a header of its own.
        if (person.Name.Any(char.IsControl))
            yield return new(ConfigurationPlace.Below("", "People", name, nameof(person.Name)), "holds a line break or another control character.", "Write the name on one line.");
        if (person.Email is { } email && !IsAddress(email))
            yield return new(ConfigurationPlace.Below("", "People", name, nameof(person.Email)), "is not an address that mail can be sent to.", "Write one such as someone@example.org, without a name.");
    }

    private static bool IsUsable(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    private static bool IsLoopback(string host) =>
        Uri.CheckHostName(host) != UriHostNameType.Unknown && new UriBuilder("smtp", host).Uri.IsLoopback;
}
