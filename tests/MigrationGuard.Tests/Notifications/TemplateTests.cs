using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Markdig;
using MigrationGuard.Notifications;
using MigrationGuard.Notifications.Templates;

namespace MigrationGuard.Tests.Notifications;

public sealed partial class TemplateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("migrationguard-templates-").FullName;

    public static TheoryData<string> EveryTopic => [.. Samples.TopicNames];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(EveryTopic))]
    public void Every_topic_is_worded_as_approved(string topic)
    {
        var rendered = Samples.Templates.Render(Samples.Of(topic), Samples.People);

        $"Subject: {rendered.Subject}\n\n{rendered.Text}".ShouldBeApproved($"MigrationGuard.Tests/Notifications/Approved/{topic}.txt");
        rendered.Html.ShouldBeApproved($"MigrationGuard.Tests/Notifications/Approved/{topic}.html");
    }

    [Theory]
    [MemberData(nameof(EveryTopic))]
    public void A_model_without_anything_still_makes_a_message_without_gaps(string topic)
    {
        var rendered = Samples.Templates.Render(Samples.Of(topic, model => model.Clear()), Samples.People);

        rendered.Text.ShouldContain(ModelText.Nothing);
        rendered.Text.ShouldNotContain("{{");
        rendered.Subject.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("{{aset}}", "{{aset}} stands for nothing")]
    [InlineData("{{asset:loud}}", "{{asset:loud}} stands for nothing")]
    [InlineData("{{findings}}", "{{findings}} stands for nothing")]
    [InlineData("{{}}", "{{}} stands for nothing")]
    [InlineData("{{asset", "has {{ without }}")]
    [InlineData("[here]({{asset}})", "in a link")]
    [InlineData("![here]({{asset}})", "in a link")]
    [InlineData("\uE0007\uE001", "private use")]
    public void A_template_with_a_fault_is_found_at_the_start_and_named(string fault, string problem)
    {
        Write("review-reminder.md", $"Subject: {{{{asset}}}}\n\nText {fault} text.\n");

        var found = Should.Throw<TemplateException>(Load).Problems.ShouldHaveSingleItem();
        found.ShouldContain(Path.Combine(_folder, "review-reminder.md"));
        found.ShouldContain(problem);
    }

    [Fact]
    public void The_same_template_without_the_fault_replaces_the_shipped_one()
    {
        Write("review-reminder.md", "Subject: {{asset}}\n\nText {{asset}} text.\n");

        var rendered = Load().Render(Samples.Of(Topics.ReviewReminder), Samples.People);

        rendered.Subject.ShouldBe("crm-old-db");
        rendered.Text.ShouldBe("Text crm-old-db text.\n");
        Load().Render(Samples.Of(Topics.JobFailing), Samples.People).Subject.ShouldStartWith("sweep keeps failing");
    }

    [Theory]
    [InlineData("review-reminder.md", "Hello\n\nText.\n", "no subject")]
    [InlineData("review-reminder.md", "Subject: Hello\n", "says nothing")]
    [InlineData("reviewreminder.md", "Subject: Hello\n\nText.\n", "named after no topic")]
    public void A_template_that_would_send_nothing_sensible_is_refused(string file, string text, string problem)
    {
        Write(file, text);

        Should.Throw<TemplateException>(Load).Problems.ShouldHaveSingleItem().ShouldContain(problem);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said_so()
    {
        Should.Throw<TemplateException>(() => TemplateSet.Load("nowhere", _folder)).Message.ShouldContain("Notifications:Templates");
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        Write("review-reminder.md", "Subject: {{a}}\n\n{{b}}\n");
        Write("job-failing.md", "Subject: {{c}}\n\nText.\n");

        Should.Throw<TemplateException>(Load).Problems.Count.ShouldBe(3);
    }

    [Fact]
    public void No_value_becomes_markup()
    {
        Prop.ForAll(Hostile.ToArbitrary(), value => Tags(Html(value)).SequenceEqual(Tags(Html("plain")))).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("[here](javascript:alert(1))")]
    [InlineData("*loud*")]
    public void Values_put_in_before_Markdown_would_have_become_markup(string value)
    {
        var naive = Markdown.ToHtml($"Asset: {value}");

        Tags(naive).ShouldNotBe(Tags(Markdown.ToHtml("Asset: plain")));
        Html(value).ShouldContain(WebUtility.HtmlEncode(value));
    }

    [Fact]
    public void A_subject_is_one_line_whatever_the_values()
    {
        Prop.ForAll(Hostile.ToArbitrary(), value =>
        {
            var subject = Samples.Templates.Render(Samples.Of(Topics.ReviewReminder, model => model["asset"] = value), Samples.People).Subject;
            return !subject.Any(char.IsControl) && subject.Length <= 200 && !subject.Contains('\u2028', StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("crm-old.db_1", "crm-old.db_1")]
    [InlineData("the old one", "\"the old one\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("$(reboot)", "NAME")]
    [InlineData("a\" & reboot", "NAME")]
    [InlineData("%PATH%", "NAME")]
    [InlineData("-x", "NAME")]
    [InlineData("", "NAME")]
    public void A_command_holds_a_name_only_as_every_shell_takes_it_literally(string name, string written)
    {
        CommandArgument.Of(name).ShouldBe(written);
    }

    private static readonly Gen<string> Hostile =
        from count in Gen.Choose(0, 12)
        from parts in Gen.Elements(
            "<b>", "</p>", "&amp;", "&", "\"", "'", "*", "**", "_", "`", "```", "[a](http://x)", "![i](x)", "<!--", "-->", "\n", "\r\n", "\n\n# h\n", "\n- ", "\t", "\u2028", "\0",
            "\u001b[31m", "\u202e", "Bcc: a@b", "{{asset}}", "\uE0000\uE001", "é", "🗄", "crm", " ", "\\", "|", "~", "0").ListOf(count)
        select string.Concat(parts);

    private static string Html(string value) => Samples.Templates.Render(
        Samples.Of(Topics.RunMismatch, model => (model["schedule"], model["findings"]) = (value, new JsonArray("x" + value))), Samples.People).Html;

    private static IReadOnlyList<string> Tags(string html) => [.. Tag().Matches(html).Select(tag => tag.Value)];

    private TemplateSet Load() => TemplateSet.Load(".", _folder);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
