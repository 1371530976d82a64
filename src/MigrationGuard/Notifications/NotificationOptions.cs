using System.ComponentModel;

namespace MigrationGuard.Notifications;

/// <summary>How people and other systems are told.</summary>
public sealed class NotificationOptions
{
    [Description("The address that mail comes from; needed for mail.")]
    public string From { get; set; } = "";

    [Description("The role that hears of mismatches of scheduled runs, failed ledger checks and jobs that keep failing. Unset: only webhooks hear of them.")]
    public string? AlertRole { get; set; }

    [Description("A folder whose template files replace the shipped ones of the same name, relative to this file.")]
    public string? Templates { get; set; }

    [Description("A PEM file of certification authorities that mail servers and webhooks may be vouched for by, besides those the machine trusts; relative to this file.")]
    public string? TrustedAuthorities { get; set; }

    [Description("The mail server; unset for no mail.")]
    public SmtpOptions? Smtp { get; set; }

    [Description("Other systems that are told, each under a name of your choice.")]
    public Dictionary<string, WebhookOptions> Webhooks { get; set; } = [];

    [Description("Seconds until a delivery that failed is tried again; doubled with every further failure.")]
    public int RetrySeconds { get; set; } = 30;

    [Description("The most minutes between two attempts. Nothing is ever given up.")]
    public int RetryMaxMinutes { get; set; } = 360;
}

/// <summary>A mail server.</summary>
public sealed class SmtpOptions
{
    [Description("The server's name.")]
    public string Host { get; set; } = "";

    [Description("The server's port.")]
    public int Port { get; set; } = 25;

    [Description("StartTls: nothing is sent unless the server offers it and its certificate holds. None: everything is sent readable.")]
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    [Description("The login; unset to send without.")]
    public string? User { get; set; }

    [Description("The login's password. Keep it out of the file: set MigrationGuard__Notifications__Smtp__Password.")]
    public string? Password { get; set; }

    [Description("Seconds that sending one message may take, everything included.")]
    public int TimeoutSeconds { get; set; } = 30;
}

/// <summary>How a conversation with a mail server is protected.</summary>
public enum SmtpSecurity
{
    None,
    StartTls,
}

/// <summary>A system that is told by HTTP.</summary>
public sealed class WebhookOptions
{
    [Description("Teams: an adaptive card, as Teams workflows take it. Generic: a JSON document.")]
    public WebhookKind Kind { get; set; }

    [Description("Where to post to. For Teams this is a secret: set MigrationGuard__Notifications__Webhooks__NAME__Url.")]
    public string Url { get; set; } = "";

    [Description("What posts are signed with (HMAC-SHA256); needed for Generic. Keep it out of the file: set MigrationGuard__Notifications__Webhooks__NAME__Secret.")]
    public string? Secret { get; set; }

    [Description("The proxy to go through, such as http://proxy.example.org:8080. Unset: none, whatever the environment says.")]
    public string? Proxy { get; set; }

    [Description("Seconds that one post may take, everything included.")]
    public int TimeoutSeconds { get; set; } = 10;

    [Description("The topics it is told of; empty for all.")]
    public List<string> Topics { get; set; } = [];
}

/// <summary>What a webhook expects.</summary>
public enum WebhookKind
{
    Teams,
    Generic,
}
