using System.Net;
using MigrationGuard.Retention.BackupHistories;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Where a back-up device is, as far as its name shows it.</summary>
/// <param name="Folder">What it is in, for a sentence.</param>
internal sealed record DevicePlace(DevicePlace.Where Is, string Folder)
{
    /// <summary>Where it is.</summary>
    internal enum Where
    {
        /// <summary>A path of the server's own machine.</summary>
        OnServer,

        /// <summary>An address, or a share of another machine.</summary>
        Elsewhere,

        /// <summary>A tape, another product, a path that anything may be mounted at.</summary>
        NotVisible,

        /// <summary>Nothing was kept: the null device.</summary>
        Nowhere,
    }

    /// <param name="own">The names that the server's machine goes by.</param>
    public static DevicePlace Of(RecordedDevice device, IReadOnlyList<string> own) => device switch
    {
        { Kind: DeviceKind.Tape } => new(Where.NotVisible, "a tape"),
        { Kind: DeviceKind.Virtual } => new(Where.NotVisible, "another product, through a virtual device"),
        { Name: null } => new(Where.NotVisible, "a device without a name"),
        { IsNull: true } => new(Where.Nowhere, device.Name),
        { Kind: DeviceKind.Url, Name: { } name } => OfUrl(name, own),
        { Name: { } name } when name.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || name.StartsWith("s3://", StringComparison.OrdinalIgnoreCase) => OfUrl(name, own),
        { Kind: DeviceKind.Disk, Name: { } name } => OfPath(name, own),
        { Kind: DeviceKind.Permanent, Name: { } name } when IsPathOfFile(name) => OfPath(name, own),
        _ => new(Where.NotVisible, FolderOf(device.Name)),
    };

    // A tape is \\.\Tape0, and a bare name may be of any kind.
    private static bool IsPathOfFile(string name) => !name.StartsWith(@"\\.\", StringComparison.Ordinal) && name.Contains('\\', StringComparison.Ordinal);

    private static DevicePlace OfPath(string path, IReadOnlyList<string> own)
    {
        const string Long = @"\\?\", LongShare = @"\\?\UNC\", Device = @"\\.\";
        if (path.StartsWith(LongShare, StringComparison.OrdinalIgnoreCase))
            path = @"\\" + path[LongShare.Length..];
        else if (path.StartsWith(Long, StringComparison.Ordinal) || path.StartsWith(Device, StringComparison.Ordinal))
            return new(Where.OnServer, FolderOf(path));
        if (path.StartsWith('/'))
            return new(Where.NotVisible, FolderOf(path));
        if (!path.StartsWith(@"\\", StringComparison.Ordinal))
            return new(Where.OnServer, FolderOf(path));
        return OfHost(path[2..].Split('\\')[0], path, own);
    }

    // An object store may run on the server itself.
    private static DevicePlace OfUrl(string url, IReadOnlyList<string> own) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Host.Length > 0 ? OfHost(address.Host, url, own) : new(Where.NotVisible, FolderOf(url));

    // A number may be anybody's, the server's own among them.
    private static DevicePlace OfHost(string host, string path, IReadOnlyList<string> own)
    {
        var isOwn = own.Any(name => name.Equals(host, StringComparison.OrdinalIgnoreCase) || name.Equals(host.Split('.')[0], StringComparison.OrdinalIgnoreCase));
        return new(isOwn ? Where.OnServer : IPAddress.TryParse(host.Trim('[', ']'), out _) ? Where.NotVisible : Where.Elsewhere, FolderOf(path));
    }

    private static string FolderOf(string path)
    {
        var end = path.LastIndexOfAny(['\\', '/']);
        return end > 0 ? path[..end] : path;
    }
}
