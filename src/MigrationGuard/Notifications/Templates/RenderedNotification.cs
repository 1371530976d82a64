namespace MigrationGuard.Notifications.Templates;

/// <summary>A notification in words.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text, lines ending in a line feed.</param>
/// <param name="Html">A whole document that needs nothing from elsewhere.</param>
public sealed record RenderedNotification(string Subject, string Text, string Html);
