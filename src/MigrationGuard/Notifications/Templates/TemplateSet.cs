using System.Text;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.People;

namespace MigrationGuard.Notifications.Templates;

/// <summary>The template of every topic: shipped with the program, or replaced by a file of the same name.</summary>
public sealed class TemplateSet
{
    private const string Extension = ".md";

    private readonly Dictionary<string, Template> _templates;

    private TemplateSet(Dictionary<string, Template> templates) => _templates = templates;

    /// <summary>Reads and checks all templates, so that none fails when it is needed.</summary>
    /// <param name="folder">Where files that replace shipped ones are; null for none.</param>
    /// <param name="baseDirectory">What the folder is relative to: the configuration file's directory.</param>
    /// <exception cref="TemplateException">Some cannot be used; carries everything that is wrong with them.</exception>
    public static TemplateSet Load(string? folder, string baseDirectory)
    {
        var problems = new List<string>();
        var replaced = folder is null ? [] : Files(Path.GetFullPath(folder, baseDirectory), problems);
        var templates = new Dictionary<string, Template>();
        foreach (var topic in Topics.All.Values)
        {
            var (file, text) = replaced.TryGetValue(topic.Name, out var replacement) ? replacement : (topic.Name + Extension, Shipped(topic.Name));
            if (Template.Read(file, text, topic, problems) is { } template)
                templates.Add(topic.Name, template);
        }
        return problems.Count == 0 ? new TemplateSet(templates) : throw new TemplateException(problems);
    }

    /// <summary>A notification in words.</summary>
    /// <param name="people">Whom the model's keys stand for.</param>
    /// <exception cref="DeliveryException">There is no such topic: the notification was written by a newer program.</exception>
    public RenderedNotification Render(Notification notification, PeopleDirectory people) =>
        _templates.TryGetValue(notification.Topic, out var template)
            ? template.Render(new ModelText(notification, Topics.All[notification.Topic], people))
            : throw new DeliveryException($"the topic {notification.Topic} is not known to this program. Send it with the program that wrote it, or a newer one.");

    /// <summary>A template as it is shipped.</summary>
    public static string Shipped(string topic)
    {
        using var stream = typeof(TemplateSet).Assembly.GetManifestResourceStream($"templates/{topic}{Extension}")
            ?? throw new InvalidOperationException($"The program was built without the template {topic}{Extension}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static Dictionary<string, (string File, string Text)> Files(string folder, List<string> problems)
    {
        var files = new Dictionary<string, (string, string)>();
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal))
            {
                var topic = Path.GetFileNameWithoutExtension(file);
                if (Topics.All.ContainsKey(topic))
                    files.Add(topic, (file, File.ReadAllText(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true))));
                else
                    problems.Add($"{file}: is named after no topic, and would never be used. Topics: {string.Join(", ", Topics.Names)}.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problems.Add($"Notifications:Templates: {folder} cannot be read: {exception.Message} Correct the option, or the folder.");
        }
        return files;
    }
}
