using System.Net;
using MigrationGuard.Retention.BackupHistories;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Where a back-up device is, as far as its name shows it.</summary>
/// <param name="Folder">What it is in, for a sentence.</param>
internal sealed record DevicePlace(DevicePlace.Where Is, string Folder)
{
    /// <summary>Domains that nobody's own server is in.</summary>
    private static readonly string[] Clouds = [".core.windows.net", ".core.chinacloudapi.cn", ".core.usgovcloudapi.net", ".amazonaws.com"];

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

    /// <summary>The share, or the container, that it is in, without the folders below.</summary>
    public string Root
    {
        get
        {
            if (Folder.StartsWith(@"\\", StringComparison.Ordinal))
                return @"\\" + string.Join('\\', Folder[2..].Split('\\').Take(2));
            return Uri.TryCreate(Folder, UriKind.Absolute, out var address) && address.Host.Length > 0
                ? $"{address.Scheme}://{address.Authority}/{address.AbsolutePath.Trim('/').Split('/')[0]}"
                : Folder;
        }
    }

    /// <param name="own">The names that the server's machine goes by.</param>
    public static DevicePlace Of(RecordedDevice device, IEnumerable<string> own) => device switch
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

    private static DevicePlace OfPath(string path, IEnumerable<string> own)
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
        // Over HTTPS a share is written server@SSL@port.
        var host = path[2..].Split('\\')[0].Split('@')[0];
        return new(IsAddress(host) ? Where.NotVisible : own.Any(name => IsMachine(name, host)) ? Where.OnServer : Where.Elsewhere, FolderOf(path));
    }

    // An object store may run on the server itself; an account of a cloud's store may have the machine's name.
    private static DevicePlace OfUrl(string url, IEnumerable<string> own)
    {
        var host = Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Host : "";
        var where = host.Length == 0 || IsAddress(host) ? Where.NotVisible
            : own.Contains(host, StringComparer.OrdinalIgnoreCase) ? Where.OnServer
            : !Clouds.Any(cloud => host.EndsWith(cloud, StringComparison.OrdinalIgnoreCase)) && own.Any(name => IsMachine(name, host)) ? Where.NotVisible
            : Where.Elsewhere;
        return new(where, FolderOf(url));
    }

    private static bool IsMachine(string name, string host) =>
        name.Equals(host, StringComparison.OrdinalIgnoreCase) || name.Equals(host.Split('.')[0], StringComparison.OrdinalIgnoreCase);

    // A number may be anybody's, the server's own among them; Windows writes one of IPv6 as a name.
    private static bool IsAddress(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out _) || host.EndsWith(".ipv6-literal.net", StringComparison.OrdinalIgnoreCase);

    private static string FolderOf(string path)
    {
        var end = path.LastIndexOfAny(['\\', '/']);
        return end > 0 ? path[..end] : path;
    }
}
