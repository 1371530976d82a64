using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Decommissioning;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Ledger.People;

namespace MigrationGuard.Tests.Decommissioning;

/// <summary>Assets from CSV: what reads back as it was written, and what is refused, with everything that is wrong.</summary>
public sealed class AssetImportTests
{
    private const string Header = "name,kind,location,holder,ownerRole,owner,commitment,holds,goLive\n";

    private static readonly PeopleDirectory People = new(
        new Dictionary<string, PersonOptions> { ["head"] = new() { Name = "Head" } },
        new Dictionary<string, RoleOptions> { ["Head of IT"] = new() { People = ["head"] } },
        TimeZoneInfo.Utc);

    private static readonly Asset Database = new()
    {
        Name = "crm-old-db",
        Kind = AssetKind.Database,
        Location = "sql-old",
        Holder = "Farm team",
        OwnerRole = "Head of IT",
        Owner = "head",
        Commitment = "recommendation 3",
        Holds = "cases",
        GoLive = new DateOnly(2026, 3, 7),
    };

    [Theory]
    [InlineData("name,kind,location,holder,ownerRole,owner,commitment,holds,goLive\ncrm-old-db,Database,sql-old,Farm team,Head of IT,head,recommendation 3,cases,2026-03-07")]
    [InlineData("GOLIVE;Holds;name;KIND;location;holder;OwnerRole;owner;commitment\r\n2026-03-07;cases;crm-old-db;database;sql-old;Farm team;Head of IT;head;recommendation 3\r\n")]
    [InlineData("\uFEFF\"name\",kind,location,holder,ownerRole,owner,commitment,holds,goLive\n\n ,,,,,,,,\n crm-old-db , DATABASE,sql-old,Farm team,Head of IT,head,\"recommendation 3\",cases,2026-03-07\n\n")]
    public void Columns_come_in_any_order_and_case_with_commas_or_semicolons(string file) => Assets(file).ShouldBe([Database]);

    [Fact]
    public void Only_four_columns_are_needed()
    {
        Assets("name,kind,location,ownerRole\na,Other,here,Head of IT\n").ShouldHaveSingleItem()
            .ShouldBe(new Asset { Name = "a", Kind = AssetKind.Other, Location = "here", Holder = "", OwnerRole = "Head of IT", Commitment = "", Holds = "" });
    }

    [Theory]
    [InlineData("=HYPERLINK(\"\"http://x\"\")")]
    [InlineData("+1")]
    [InlineData("-1+2")]
    [InlineData("@SUM(A1)")]
    [InlineData("'quoted")]
    public void What_looks_like_a_formula_is_text_as_it_stands(string value) =>
        Assets($"name,kind,location,ownerRole\na,Other,\"{value}\",Head of IT\n").ShouldHaveSingleItem().Location.ShouldBe(value.Replace("\"\"", "\"", StringComparison.Ordinal));

    [Fact]
    public void Everything_wrong_is_reported_at_once_with_its_line_and_column()
    {
        const string file = Header
            + "good,Server,here,,Head of IT,,,,\n"
            + "bad name,Databse,,,Head of I,heda,,,7.3.2026\n"
            + "\n"
            + "Good,Server,here,,Head of IT,,,,2026-02-30\n"
            + "configured,4,here,,,,,,0026-03-07\n"
            + "short,Server\n"
            + "many,Server,\"one\ntwo\",,Head of IT,,,,\n"
            + "last,,here,,Board,nobody,,,\n";

        Problems(file, "Configured").ShouldBe(
        [
            "assets.csv, line 3, name: is missing, or not a name that the ledger can hold. Use up to 100 letters, digits and . _ - only, a letter or digit first.",
            "assets.csv, line 3, kind: is no kind of asset. Did you mean Database?",
            "assets.csv, line 3, location: is missing. Write where it is: a server, a path, a resource id.",
            "assets.csv, line 3, ownerRole: names no role. Add it under Roles. Did you mean Head of IT?",
            "assets.csv, line 3, owner: names nobody who is under People. Add the person there. Did you mean head?",
            "assets.csv, line 3, goLive: is not a date. Write it as 2026-12-31, or leave it empty.",
            "assets.csv, line 5, name: is that of line 2, in any case. Keep one of the lines, or give them different names.",
            "assets.csv, line 5, goLive: is not a date. Write it as 2026-12-31, or leave it empty.",
            "assets.csv, line 6, name: is of an asset that the configuration has. Change it there, or remove it from one of the two.",
            "assets.csv, line 6, kind: is no kind of asset. Known here: Server, Database, CrmOrganisation, HoppingServer, FileShare, Mailbox, Queue, BackupSet, BlobContainer, Integration, Other.",
            "assets.csv, line 6, ownerRole: is missing. Name the role that owns its destruction.",
            "assets.csv, line 6, goLive: is not between 1990 and 2199. Check the year.",
            "assets.csv, line 7: has 2 values where the first line names 9 columns. Put values that hold a , in quotation marks.",
            "assets.csv, line 8, location: has several lines, or unseen characters. Write it on one line: messages and lists show it.",
            "assets.csv, line 10, kind: is missing. Write one of Server, Database, CrmOrganisation, HoppingServer, FileShare, Mailbox, Queue, BackupSet, BlobContainer, Integration, Other.",
            "assets.csv, line 10, ownerRole: names no role. Add it under Roles.",
            "assets.csv, line 10, owner: names nobody who is under People. Add the person there.",
        ], ignoreOrder: true);
    }

    [Theory]
    [InlineData("", "is empty.")]
    [InlineData("\uFEFF", "is empty.")]
    [InlineData("\n\n", "is missing.")]
    [InlineData("name,kind\n", "is missing.")]
    [InlineData("name,kind,location,ownerRole,price\na,Other,x,Head of IT,5\n", "names a column that is not known.")]
    [InlineData("name,kind,location,ownerRole,Name\na,Other,x,Head of IT,b\n", "is there more than once.")]
    [InlineData("name,kind,location,ownerRole\n", "holds no asset that can be read.")]
    [InlineData("name,kind,location,ownerRole\na,Other,x\"y,Head of IT\n", "has a quotation mark in the middle of a value.")]
    [InlineData("name,kind,location,ownerRole\na,Other,\"x,Head of IT\n", "has")]
    [InlineData("name,kind,location,ownerRole\na,Other,x\0y,Head of IT\n", "has several lines, or unseen characters.")]
    public void A_file_of_another_shape_is_refused(string file, string problem) => Problems(file).ShouldContain(found => found.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public void A_file_in_another_encoding_is_refused_and_not_guessed_at()
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.Latin1 })
        {
            byte[] file = [.. encoding.GetPreamble(), .. encoding.GetBytes("name,kind,location,ownerRole\na,Other,Zoë's desk,Head of IT\n")];
            Should.Throw<DecommissioningException>(() => Read(file)).Message.ShouldContain(".csv");
        }
    }

    [Fact]
    public void Fifty_thousand_lines_take_seconds_right_or_wrong()
    {
        var started = Stopwatch.GetTimestamp();
        Assets(Header + string.Concat(Enumerable.Range(0, 50_000).Select(number => $"asset-{number},Server,here,,Head of IT,head,,,2026-03-07\n"))).Count.ShouldBe(50_000);
        var problems = Problems(Header + string.Concat(Enumerable.Range(0, 50_000).Select(number => $"asset {number},Sever,here,,Head of I,heda,,,2026-03-32\n")));
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromMinutes(4));

        problems.Count.ShouldBe(1001);
        problems[^1].ShouldBe("assets.csv: has 249000 more problems. Correct those above first.");
    }

    [Fact]
    public void A_value_or_a_file_of_any_length_is_refused_in_time()
    {
        Problems("name,kind,location,ownerRole\na," + new string('x', 5_000_000) + ",here,Head of IT\n").ShouldHaveSingleItem().ShouldStartWith("assets.csv, line 2, kind: is no kind of asset.");
        Problems(new string('x', 33 * 1024 * 1024)).ShouldBe(["assets.csv: is larger than 32 MB. Check that it is a list of assets; import a longer one in parts."]);
    }

    [Fact]
    public void What_is_written_reads_back_equal()
    {
        Prop.ForAll(Files.ToArbitrary(), file => Assets(file.Text).SequenceEqual(file.Assets)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_text_at_all_is_read_or_refused()
    {
        Prop.ForAll(
            Gen.Elements("name", "kind", "location", "ownerRole", ",", ";", "\"", "\n", "\r\n", "\uFEFF", "\0", "Server", "Head of IT", "a", " ", "🗄", "2026-03-07").ListOf().Select(string.Concat).ToArbitrary(),
            text =>
            {
                try
                {
                    Assets(text).ShouldNotBeEmpty();
                }
                catch (DecommissioningException e)
                {
                    e.Problems.ShouldNotBeEmpty();
                }
            }).QuickCheckThrowOnFailure();
    }

    private static readonly Gen<string> Text =
        Gen.Elements("a", "B", ",", ";", "\"", "\"\"", "=", "+1", "@", "'", " ", "é", "🗄", "#", "x").ListOf().Select(parts => string.Concat(parts).Trim());

    private static readonly Gen<(string Text, IReadOnlyList<Asset> Assets)> Files =
        from count in Gen.Choose(1, 5)
        from texts in Text.ListOf(count * 4)
        from kinds in Gen.Elements(Enum.GetValues<AssetKind>()).ListOf(count)
        from days in Gen.Choose(new DateOnly(1990, 1, 1).DayNumber, new DateOnly(2199, 12, 31).DayNumber).ListOf(count)
        from delimiter in Gen.Elements(",", ";")
        from newLine in Gen.Elements("\n", "\r\n")
        let assets = Enumerable.Range(0, count).Select(number => new Asset
        {
            Name = $"asset-{number}",
            Kind = kinds[number],
            Location = "x" + texts[number * 4],
            Holder = texts[(number * 4) + 1],
            OwnerRole = "Head of IT",
            Owner = number % 2 == 0 ? "head" : null,
            Commitment = texts[(number * 4) + 2],
            Holds = texts[(number * 4) + 3],
            GoLive = number % 3 == 0 ? null : DateOnly.FromDayNumber(days[number]),
        }).ToList()
        select (string.Join(newLine, assets.Select(asset => Line(asset, delimiter)).Prepend(Header.TrimEnd().Replace(",", delimiter, StringComparison.Ordinal))), (IReadOnlyList<Asset>)assets);

    // Written by hand after RFC 4180, so that reader and writer cannot share a mistake.
    private static string Line(Asset asset, string delimiter) => string.Join(delimiter, new[]
    {
        asset.Name, asset.Kind.ToString(), asset.Location, asset.Holder, asset.OwnerRole, asset.Owner ?? "", asset.Commitment, asset.Holds,
        asset.GoLive?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "",
    }.Select(value => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    private static IReadOnlyList<Asset> Assets(string file) => Read(Encoding.UTF8.GetBytes(file));

    private static IReadOnlyList<string> Problems(string file, params string[] configured) =>
        [.. Should.Throw<DecommissioningException>(() => Read(Encoding.UTF8.GetBytes(file), configured)).Problems.Select(problem => problem.ToString())];

    private static IReadOnlyList<Asset> Read(byte[] file, params string[] configured)
    {
        var import = AssetImport.Read("assets.csv", new MemoryStream(file), People, configured);
        import.RequireUsable(new Dictionary<string, RegisteredAsset>(), (_, _) => false);
        return import.Assets;
    }
}
