using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Notifications;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Configuration;

/// <summary>What is written reads back equal, whatever the names and values.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Options_written_as_JSON_read_back_equal()
    {
        Prop.ForAll(Options.ToArbitrary(), options => Serialised(ReadBack(options)) == Serialised(options)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_is_at_its_default_is_left_out()
    {
        ConfigurationJson.Write(new MigrationGuardOptions(), "./appsettings.schema.json").ShouldBe("""
            {
              "$schema": "./appsettings.schema.json",
              "MigrationGuard": {}
            }

            """, StringCompareShould.IgnoreLineEndings);
    }

    [Fact]
    public void One_table_excluded_twice_is_written_as_a_list()
    {
        var options = new MigrationGuardOptions { Comparisons = { ["c"] = new() { Excluded = [new("a", "one"), new("a", "two")] } } };

        ReadBack(options).Comparisons["c"].Excluded.ShouldBe(options.Comparisons["c"].Excluded);
    }

    // The serialiser of .NET knows nothing of how a configuration is written: what both sides lost would show here.
    private static string Serialised(MigrationGuardOptions options) => JsonSerializer.Serialize(options);

    private MigrationGuardOptions ReadBack(MigrationGuardOptions options)
    {
        File.WriteAllText(_folder.File, ConfigurationJson.Write(options));
        return ConfigurationFile.Read(_folder.File, _folder.Environment, userSecrets: null).Options;
    }

    private static readonly Gen<string> Text =
        from parts in Gen.Elements("a", "B", "crm", ":", "__", ".", "\"", "\\", "/", "[x]", " ", "\n", "\t", "\u0001", "<&>", "é", "🗄", "$", "0", "null").Few(6)
        select string.Concat(parts);

    private static readonly Gen<string> Name = Text.Where(text => text.Length > 0);

    private static readonly Gen<long> Number = Gen.OneOf(Gen.Choose(-5, 100).Select(number => (long)number), Gen.Constant(long.MaxValue), Gen.Constant(long.MinValue));

    private static readonly Gen<double> Hours = Gen.Elements(24, 0.5, 1.0 / 3, -1, 1e300, double.Epsilon);

    private static readonly Gen<DateTimeOffset> Moment =
        from ticks in Gen.Choose(0, int.MaxValue)
        from seconds in Gen.Choose(100_000_000, int.MaxValue)
        from minutes in Gen.Choose(-14 * 60, 14 * 60)
        select new DateTimeOffset(DateTime.UnixEpoch.AddSeconds(seconds).AddTicks(ticks).Ticks, TimeSpan.FromMinutes(minutes));

    private static readonly Gen<DateOnly> Day = Gen.Choose(0, 3_000_000).Select(DateOnly.FromDayNumber);

    private static readonly Gen<EntityOptions> Entity =
        from texts in Text.ListOf(2)
        from optional in Optional(Text).ListOf(4)
        from lists in Text.Few().ListOf(3)
        from breakdowns in Text.Few().Few()
        from columns in MapOf(Text, Text, StringComparer.Ordinal)
        select new EntityOptions
        {
            Source = texts[0],
            Target = optional[0],
            CreatedOn = optional[1],
            ModifiedOn = texts[1],
            Key = [.. lists[0]],
            IgnoreColumns = [.. lists[1]],
            Columns = [.. lists[2]],
            SourceFilter = optional[2],
            TargetFilter = optional[3],
            BreakdownBy = [.. breakdowns.Select(names => new BreakdownColumns([.. names]))],
            TargetColumns = columns,
        };

    private static readonly Gen<ExpectedDifferenceOptions> Difference =
        from texts in Text.ListOf(3)
        from optional in Optional(Text).ListOf(2)
        from columns in Text.Few()
        from groups in Optional(Text).Few().Few()
        from atMost in Number
        from bounded in Gen.Elements(true, false)
        from day in Day
        from expires in Gen.Elements(true, false)
        select new ExpectedDifferenceOptions
        {
            Entity = optional[0],
            Check = texts[0],
            Kind = texts[1],
            Columns = [.. columns],
            Groups = [.. groups.Select(values => values.ToList())],
            AtMost = bounded ? atMost : null,
            Reason = texts[2],
            ApprovedBy = optional[1],
            Expires = expires ? day : null,
        };

    private static readonly Gen<ComparisonOptions> Comparison =
        from texts in Text.ListOf(2)
        from entities in MapOf(Name, Entity, StringComparer.OrdinalIgnoreCase)
        from excluded in (from table in Text from reason in Text select new ExcludedTable(table, reason)).Few()
        from queries in Text.Few()
        from frozen in Moment
        from flags in Gen.Elements(true, false).ListOf(2)
        from differences in Difference.Few()
        select new ComparisonOptions
        {
            Source = texts[0],
            Target = texts[1],
            Entities = entities,
            Excluded = [.. excluded],
            Queries = [.. queries],
            FrozenAt = flags[0] ? frozen : null,
            AllowSameDatabase = flags[1],
            ExpectedDifferences = [.. differences],
        };

    private static readonly Gen<DatabaseOptions> Database =
        from provider in Gen.Elements(Enum.GetValues<Provider>())
        from texts in Text.ListOf(2)
        from numbers in Gen.Elements(0, -1, 4, int.MaxValue, int.MinValue).ListOf(4)
        from timestamps in Gen.Elements(Enum.GetValues<IntegerTimestamps>())
        select new DatabaseOptions
        {
            Provider = provider,
            ConnectionString = texts[0],
            TimeZone = texts[1],
            MaxConnections = numbers[0],
            CommandTimeoutSeconds = numbers[1],
            LockTimeoutSeconds = numbers[2],
            Retries = numbers[3],
            IntegerTimestamps = timestamps,
        };

    private static readonly Gen<NotificationOptions> Notifications =
        from texts in Text.ListOf(4)
        from optional in Optional(Text).ListOf(4)
        from topics in Text.Few()
        from number in Gen.Choose(-1, 5)
        from isMailed in Gen.Elements(true, false)
        from names in Name.Few()
        select new NotificationOptions
        {
            From = texts[0],
            AlertRole = optional[0],
            Templates = optional[1],
            TrustedAuthorities = optional[2],
            Smtp = isMailed ? new() { Host = texts[1], Port = number, Security = SmtpSecurity.None, User = optional[3], Password = optional[0], TimeoutSeconds = number } : null,
            Webhooks = names.Distinct(StringComparer.OrdinalIgnoreCase).ToDictionary(
                name => name,
                _ => new WebhookOptions { Kind = WebhookKind.Generic, Url = texts[2], Secret = optional[1], Proxy = optional[2], Topics = [.. topics], TimeoutSeconds = number }),
            RetrySeconds = number,
            RetryMaxMinutes = number + 1,
        };

    private static readonly Gen<MigrationGuardOptions> Options =
        from texts in Text.ListOf(2)
        from optional in Optional(Text).ListOf(2)
        from provider in Gen.Elements(Enum.GetValues<Provider>())
        from databases in MapOf(Name, Database, StringComparer.OrdinalIgnoreCase)
        from comparisons in MapOf(Name, Comparison, StringComparer.OrdinalIgnoreCase)
        from hours in Hours
        from limit in Gen.Choose(-1, 5)
        from notifications in Notifications
        select new MigrationGuardOptions
        {
            Project = new() { Name = texts[0], DpiaReference = optional[0], Owner = optional[1] },
            Store = new() { Provider = provider, ConnectionString = texts[1], LockTimeoutSeconds = limit + 30 },
            Databases = databases,
            Comparisons = comparisons,
            Notifications = notifications,
            Verification = new() { DeadlineHours = hours, MaxGroups = limit, MaxFindings = limit + 1, MaxQueryRows = limit + 2, SettleSeconds = hours, SegmentSeconds = hours + 1 },
        };

    private static Gen<string?> Optional(Gen<string> text) => Gen.OneOf(text.Select(value => (string?)value), Gen.Constant<string?>(null));

    private static Gen<Dictionary<string, T>> MapOf<T>(Gen<string> name, Gen<T> value, StringComparer comparer) =>
        from names in name.Few()
        from values in value.ListOf(names.Count)
        select names.Zip(values).DistinctBy(pair => pair.First, comparer).ToDictionary(pair => pair.First, pair => pair.Second);
}

file static class Lists
{
    // Lists within lists within lists: the default length would make one configuration of millions of names.
    public static Gen<List<T>> Few<T>(this Gen<T> item, int most = 3) =>
        from count in Gen.Choose(0, most)
        from items in item.ListOf(count)
        select items.ToList();
}
