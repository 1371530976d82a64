using MigrationGuard.Configuration;
using MigrationGuard.Retention.FileStores;
using MigrationGuard.Retention.Inventory;
using MigrationGuard.Runs;

namespace MigrationGuard.Tests.Configuration;

/// <summary>Each rule of where files lie, and what was promised of them, is seen broken and kept.</summary>
public sealed class FileRulesTests
{
    [Fact]
    public void Stores_of_each_kind_and_promises_of_each_kind_are_no_problem()
    {
        Check(_ => { }).ShouldBeEmpty();
        Check(files => files.Stores["folder"].Folder = @"\\server\share").ShouldBeEmpty();
        Check(files => files.Stores["list"].ExportedFiles = 0).ShouldBeEmpty();
        Check(files => (files.Empty["gone"].Store, files.Empty["gone"].Landmark) = ("cloud", null)).ShouldBeEmpty();
        Check(files => (files.Empty["gone"].Store, files.Empty["gone"].Landmark, files.Empty["gone"].Include) = ("cloud", null, ["**/*.tmp"])).ShouldBeEmpty();
        Check(files => (files.Empty["gone"].Include, files.Empty["gone"].Landmark) = ([@"letters\**", "letters/2019/*", "**/*.tmp"], "/letters/2019/here.txt")).ShouldBeEmpty();
        Check(files => (files.Retention["kept"].Include, files.Retention["kept"].Landmark) = (["letters/**"], "letters/here.txt")).ShouldBeEmpty();
        Check(files => (files.Retention["kept"].Days, files.Retention["kept"].Years, files.Retention["kept"].Earlier) = (14, null, null)).ShouldBeEmpty();
    }

    [Fact]
    public void Each_rule_is_told_with_its_place()
    {
        Only(files => files.Stores["folder"].Folder = null).ShouldBe("Files:Stores:folder");
        Only(files => files.Stores["folder"].Folder = " ").ShouldBe("Files:Stores:folder:Folder");
        Only(files => files.Stores["folder"].Container = "https://account.blob.core.windows.net/files").ShouldBe("Files:Stores:folder");
        Only(files => files.Stores["list"].Folder = "both").ShouldBe("Files:Stores:list");
        Only(files => files.Stores["list"].Manifest = "").ShouldBe("Files:Stores:list:Manifest");
        Only(files => files.Stores["list"].Created = FileCreation.Stored).ShouldBe("Files:Stores:list:Created");
        Only(files => files.Stores["list"].ExportGoodForDays = 0).ShouldBe("Files:Stores:list:ExportGoodForDays");
        Only(files => files.Stores["cloud"].Container = "files").ShouldBe("Files:Stores:cloud:Container");
        Only(files => files.Stores["cloud"].SharedAccessSignature = null).ShouldBe("Files:Stores:cloud:SharedAccessSignature");
        Only(files => (files.Stores["cloud"].Credential, files.Stores["cloud"].Container) = (StorageCredential.ConnectionString, "files")).ShouldBe("Files:Stores:cloud:ConnectionString");
        Only(files => files.Comparisons["moved"].Source = "").ShouldBe("Files:Comparisons:moved:Source");
        Only(files => files.Comparisons["moved"].Target = "flder").ShouldBe("Files:Comparisons:moved:Target");
        Only(files => files.Comparisons["moved"].Target = "FOLDER").ShouldBe("Files:Comparisons:moved:Target");
        Only(files => files.Comparisons["moved"].WithinYears = 0).ShouldBe("Files:Comparisons:moved:WithinYears");
        Only(files => files.Comparisons["moved"].CreatedToleranceSeconds = -1).ShouldBe("Files:Comparisons:moved:CreatedToleranceSeconds");
        Only(files => files.Comparisons["moved"].CreatedToleranceSeconds = 86_401).ShouldBe("Files:Comparisons:moved:CreatedToleranceSeconds");
        Only(files => files.Comparisons["moved"].Include = [" "]).ShouldBe("Files:Comparisons:moved:Include");
        Only(files => files.Retention["kept"].Store = "nowhere").ShouldBe("Files:Retention:kept:Store");
        Only(files => files.Retention["kept"].Years = null).ShouldBe("Files:Retention:kept");
        Only(files => files.Retention["kept"].Days = 14).ShouldBe("Files:Retention:kept");
        Only(files => files.Retention["kept"].Years = 0).ShouldBe("Files:Retention:kept:Years");
        Only(files => (files.Retention["kept"].Years, files.Retention["kept"].Days) = (null, 0)).ShouldBe("Files:Retention:kept:Days");
        Only(files => files.Retention["kept"].ToleranceMinutes = double.NaN).ShouldBe("Files:Retention:kept:ToleranceMinutes");
        Only(files => files.Retention["kept"].ToleranceMinutes = 1e300).ShouldBe("Files:Retention:kept:ToleranceMinutes");
        Only(files => files.Stores["list"].ExportGoodForDays = 1e300).ShouldBe("Files:Stores:list:ExportGoodForDays");
        Only(files => files.Retention["kept"].Earlier = "nowhere").ShouldBe("Files:Retention:kept:Earlier");
        Only(files => files.Retention["kept"].Earlier = "Cloud").ShouldBe("Files:Retention:kept:Earlier");
        Only(files => files.Retention["kept"].Exclude = [""]).ShouldBe("Files:Retention:kept:Exclude");
        Only(files => files.Empty["gone"].Store = "").ShouldBe("Files:Empty:gone:Store");
        Only(files => files.Empty["gone"].Landmark = null).ShouldBe("Files:Empty:gone:Landmark");
        Only(files => files.Empty["gone"].Landmark = " ").ShouldBe("Files:Empty:gone:Landmark");
        Only(files => (files.Stores["folder"].Folder, files.Empty["gone"].Landmark) = (@"\\server\share", null)).ShouldBe("Files:Empty:gone:Landmark");
        Only(files => (files.Empty["gone"].Store, files.Empty["gone"].Landmark) = ("list", null)).ShouldBe("Files:Empty:gone:Landmark");
        Only(files => (files.Stores["cloud"].Prefix, files.Empty["gone"].Store, files.Empty["gone"].Landmark) = ("letters/", "cloud", null)).ShouldBe("Files:Empty:gone:Landmark");
        Only(files => (files.Empty["gone"].Store, files.Empty["gone"].Landmark, files.Empty["gone"].Include) = ("cloud", null, ["letters/**"])).ShouldBe("Files:Empty:gone:Landmark");
        Only(files => files.Empty["gone"].Include = ["letters/**"]).ShouldBe("Files:Empty:gone:Landmark");
        Only(files => (files.Empty["gone"].Include, files.Empty["gone"].Landmark) = (["letters/**"], "Letters/here.txt")).ShouldBe("Files:Empty:gone:Landmark");
        Only(files => (files.Empty["gone"].Include, files.Empty["gone"].Landmark) = (["letters/**", "paperless/**"], "letters/here.txt")).ShouldBe("Files:Empty:gone:Landmark");
        Only(files => (files.Retention["kept"].Include, files.Retention["kept"].Landmark) = (["letters/**"], "here.txt")).ShouldBe("Files:Retention:kept:Landmark");
        Only(files => files.Stores["list"].ExportedFiles = -1).ShouldBe("Files:Stores:list:ExportedFiles");
        Only(files => files.Stores["folder"].ExportedFiles = 1).ShouldBe("Files:Stores:folder:ExportedFiles");
        Only(files => files.Empty["MOVED"] = new EmptiedOptions { Store = "cloud" }).ShouldBe("Files:Empty:MOVED");
        Only(files => files.Concurrency = 0).ShouldBe("Files:Concurrency");
    }

    [Fact]
    public void A_signature_is_not_recorded()
    {
        var options = Valid();
        RedactedConfiguration.Of(options).ShouldContain("https://account.blob.core.windows.net/letters");
        RedactedConfiguration.Of(options).ShouldNotContain("c4nary-s1gnature");
    }

    private static MigrationGuardOptions Valid()
    {
        var options = RulesTests.Valid();
        options.Files.Stores["folder"] = new FileStoreOptions { Folder = "/mnt/files" };
        options.Files.Stores["list"] = new FileStoreOptions { Manifest = "site.csv" };
        options.Files.Stores["cloud"] = new FileStoreOptions { Container = "https://account.blob.core.windows.net/letters", Credential = StorageCredential.Sas, SharedAccessSignature = "sig=c4nary-s1gnature" };
        options.Files.Comparisons["moved"] = new FileComparisonOptions { Source = "folder", Target = "list" };
        options.Files.Retention["kept"] = new FileRetentionOptions { Store = "cloud", Years = 6, Earlier = "list" };
        options.Files.Empty["gone"] = new EmptiedOptions { Store = "folder", Landmark = "here.txt" };
        return options;
    }

    private static IReadOnlyList<ConfigurationProblem> Check(Action<FilesOptions> change)
    {
        var options = Valid();
        change(options.Files);
        return ConfigurationRules.Check(options);
    }

    private static string Only(Action<FilesOptions> change) => Check(change).ShouldHaveSingleItem().Place;
}
