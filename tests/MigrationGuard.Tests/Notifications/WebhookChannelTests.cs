using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MigrationGuard.Notifications;
using MigrationGuard.Notifications.Webhooks;

namespace MigrationGuard.Tests.Notifications;

public sealed class WebhookChannelTests
{
    private const string Secret = "0123456789abcdef-ö";
    private const string Canary = "c4naryc4nary";

    private static readonly SettableTime Time = new(new DateTimeOffset(2026, 5, 18, 8, 1, 2, TimeSpan.Zero));

    [Fact]
    public async Task A_generic_webhook_takes_a_document_that_says_who_sent_it()
    {
        await using var server = new WebhookServer();
        var delivery = Samples.Delivery(Topics.RunMismatch, "webhook:ops", "");

        await Channel(server, WebhookKind.Generic).SendAsync(delivery, CancellationToken.None);

        var taken = server.Taken.ShouldHaveSingleItem();
        taken.Path.ShouldBe($"/hook/{Canary}?sig={Canary}");
        taken.Headers["Content-Type"].ShouldBe("application/json; charset=utf-8");
        taken.Headers["X-MigrationGuard-Id"].ShouldBe(delivery.MessageId[1..^1]);
        IsSigned(taken, Secret).ShouldBeTrue();
        IsSigned(taken, Secret + "x").ShouldBeFalse();
        IsSigned(taken with { Body = [.. taken.Body, (byte)' '] }, Secret).ShouldBeFalse();
        var body = JsonNode.Parse(taken.Body)!;
        body.AsObject().Select(member => member.Key).ShouldBe(["schema", "id", "topic", "created", "subject", "text", "model"]);
        body["schema"]!.GetValue<string>().ShouldBe("migrationguard.notification/1");
        body["created"]!.GetValue<string>().ShouldBe("2026-05-18T08:00:03.250Z");
        JsonNode.DeepEquals(body["model"], delivery.Notification.Model).ShouldBeTrue();
    }

    [Fact]
    public async Task Teams_takes_a_card_whose_values_are_never_markup()
    {
        await using var server = new WebhookServer();
        var delivery = Samples.Delivery(Topics.RunMismatch, "webhook:ops", "", model => model["findings"] = new JsonArray("[click](http://evil.example)"));

        await Channel(server, WebhookKind.Teams).SendAsync(delivery, CancellationToken.None);

        var body = JsonNode.Parse(server.Taken.ShouldHaveSingleItem().Body)!;
        body["type"]!.GetValue<string>().ShouldBe("message");
        var attachment = body["attachments"]!.AsArray().ShouldHaveSingleItem()!;
        attachment["contentType"]!.GetValue<string>().ShouldBe("application/vnd.microsoft.card.adaptive");
        attachment["content"]!["version"]!.GetValue<string>().ShouldBe("1.4");
        var blocks = attachment["content"]!["body"]!.AsArray();
        blocks.ShouldAllBe(block => block!["type"]!.GetValue<string>() == "RichTextBlock");
        blocks.Select(block => block!["inlines"]![0]!["text"]!.GetValue<string>()).ShouldContain("- [click](http://evil.example)");
        body.ToJsonString().ReplaceLineEndings("\n").ShouldBeApproved("MigrationGuard.Tests/Notifications/Approved/run-mismatch.card.json");
    }

    [Fact]
    public async Task A_card_is_never_larger_than_Teams_takes()
    {
        await using var server = new WebhookServer();
        var findings = new JsonArray([.. Enumerable.Range(0, 5000).Select(i => JsonValue.Create($"crm, entity {i}: \"漢字\" differ."))]);

        await Channel(server, WebhookKind.Teams).SendAsync(Samples.Delivery(Topics.RunMismatch, "webhook:ops", "", model => model["findings"] = findings), CancellationToken.None);

        var taken = server.Taken.ShouldHaveSingleItem();
        taken.Body.Length.ShouldBeLessThan(28_000);
        Encoding.UTF8.GetString(taken.Body).ShouldContain("more than a card can hold");
    }

    [Fact]
    public async Task A_redirection_is_not_followed()
    {
        await using var other = new WebhookServer();
        await using var server = new WebhookServer((response, _) =>
        {
            response.Redirect(other.Root);
            return Task.CompletedTask;
        });

        (await FailAsync(server)).ShouldContain("answered 302: a redirection");
        other.Taken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(500, "It broke.", "the webhook ops answered 500: It broke.")]
    [InlineData(404, "", "the webhook ops answered 404.")]
    [InlineData(400, "no such hook: /hook/" + Canary, "the webhook ops answered 400: (not repeated")]
    public async Task A_refusal_is_told_without_the_address(int status, string answer, string told)
    {
        await using var server = new WebhookServer(async (response, stop) =>
        {
            response.StatusCode = status;
            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer), stop);
        });

        (await FailAsync(server)).ShouldStartWith(told);
    }

    [Theory]
    [InlineData(202)]
    [InlineData(500)]
    public async Task A_gigabyte_of_answer_costs_neither_memory_nor_time(int status)
    {
        WebhookServer? server = null;
        server = new WebhookServer((response, stop) =>
        {
            response.StatusCode = status;
            return server!.WriteEndlesslyAsync(response, stop);
        });
        await using (server)
        {
            var watch = Stopwatch.StartNew();

            if (status == 202)
                await Channel(server).SendAsync(Samples.Delivery(Topics.RunMismatch, "webhook:ops", ""), CancellationToken.None);
            else
                (await FailAsync(server)).ShouldContain("answered 500");

            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(2));
            server.Written.ShouldBeLessThan(64L << 20);
        }
    }

    [Fact]
    public async Task A_webhook_that_answers_slowly_is_left_in_time()
    {
        await using var server = new WebhookServer((_, stop) => Task.Delay(Timeout.Infinite, stop));

        (await FailAsync(server, timeoutSeconds: 1)).ShouldContain("took longer than 1 s");
    }

    [Fact]
    public async Task An_answer_that_drips_is_left_in_time()
    {
        await using var server = new WebhookServer(async (response, stop) =>
        {
            response.StatusCode = 500;
            response.SendChunked = true;
            await response.OutputStream.WriteAsync(" "u8.ToArray(), stop);
            await response.OutputStream.FlushAsync(stop);
            await Task.Delay(Timeout.Infinite, stop);
        });

        (await FailAsync(server, timeoutSeconds: 1)).ShouldContain("took longer than 1 s");
    }

    [Fact]
    public async Task A_webhook_that_is_not_there_is_told_without_its_address()
    {
        var options = new WebhookOptions { Url = $"http://127.0.0.1:{HostileMailServer.FreePort()}/{Canary}", TimeoutSeconds = 30 };
        using var channel = new WebhookChannel("ops", options, TrustedAuthorities.None, Samples.Templates, Samples.People, Time);

        var reason = (await Should.ThrowAsync<DeliveryException>(() => channel.SendAsync(Samples.Delivery(Topics.RunMismatch, "webhook:ops", ""), CancellationToken.None))).Message;

        reason.ShouldBe("the webhook ops cannot be reached (ConnectionError). See that it runs, and check its Url and Proxy.");
    }

    private static async Task<string> FailAsync(WebhookServer server, int timeoutSeconds = 30)
    {
        var exception = await Should.ThrowAsync<DeliveryException>(() =>
            Channel(server, timeoutSeconds: timeoutSeconds).SendAsync(Samples.Delivery(Topics.RunMismatch, "webhook:ops", ""), CancellationToken.None));
        exception.ToString().ShouldNotContain(Canary);
        return exception.Message;
    }

    private static WebhookChannel Channel(WebhookServer server, WebhookKind kind = WebhookKind.Generic, int timeoutSeconds = 30) => new(
        "ops",
        new WebhookOptions { Kind = kind, Url = $"{server.Root}hook/{Canary}?sig={Canary}", Secret = Secret, TimeoutSeconds = timeoutSeconds },
        TrustedAuthorities.None, Samples.Templates, Samples.People, Time);

    // As a receiver would: from the header and the octets, with nothing of the sender's.
    private static bool IsSigned(TakenPost post, string secret)
    {
        var parts = post.Headers["X-MigrationGuard-Signature"].Split(',').ToDictionary(part => part.Split('=')[0], part => part.Split('=')[1]);
        parts["t"].ShouldBe(Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
        var expected = hmac.ComputeHash([.. Encoding.ASCII.GetBytes(parts["t"] + "."), .. post.Body]);
        return CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(parts["v1"]));
    }
}
