using System.Globalization;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.BackupNames;

/// <summary>Something that a file's name says of its back-up and the header denies.</summary>
/// <remarks>The header is right. Somebody who restores by name restores something else, or nothing.</remarks>
public abstract record NameDisagreement
{
    private NameDisagreement(string path) => Place = path;

    /// <summary>The file.</summary>
    public string Place { get; }

    /// <summary>A sentence without its subject, which is the file.</summary>
    public abstract string Problem { get; }

    public abstract string Remedy { get; }

    public sealed override string ToString() => $"{Place} {Problem} {Remedy}";

    public sealed record AnotherDatabase(string Path, string Claimed, string Actual) : NameDisagreement(Path)
    {
        public override string Problem => $"names the database {Claimed}, but holds a back-up of {Actual}.";

        public override string Remedy => "Find out which job wrote or copied it there, and move it to where its database's back-ups are.";
    }

    public sealed record AnotherServer(string Path, string Claimed, string Actual) : NameDisagreement(Path)
    {
        public override string Problem => $"names the server {Claimed}, but holds a back-up taken on {Actual}.";

        public override string Remedy => "Find out which job wrote or copied it there; if the name is an availability group's, list it among the groups.";
    }

    public sealed record AnotherKind(string Path, BackupKind Claimed, BackupKind Actual) : NameDisagreement(Path)
    {
        public override string Problem => $"names a {Say(Claimed)} back-up, but holds a {Say(Actual)} one.";

        public override string Remedy => "Correct the job that names the files: whoever deletes or restores by name is misled.";

        private static string Say(BackupKind kind) => kind switch
        {
            BackupKind.Full => "full",
            BackupKind.Differential => "differential",
            _ => "log",
        };
    }

    public sealed record AnotherStripe(string Path, int Claimed, int Actual, int Of) : NameDisagreement(Path)
    {
        public override string Problem => string.Create(CultureInfo.InvariantCulture, $"is numbered {Claimed}, but holds stripe {Actual} of {Of}.");

        public override string Remedy => "Nothing is lost, as a restore takes the stripes in any order; correct what renamed the files.";
    }
}
