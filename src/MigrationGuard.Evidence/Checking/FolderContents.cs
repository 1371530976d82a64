using System.Runtime.InteropServices;

namespace MigrationGuard.Evidence.Checking;

/// <summary>A pack that lies there as a folder.</summary>
internal sealed class FolderContents(string root) : PackContents
{
    // Paths of packs are short; folders within folders without end are not.
    private const int MostDepth = 40;

    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
        ReturnSpecialDirectories = false,
    };

    public override int Readers => Environment.ProcessorCount;

    public override Stream Read(string file) =>
        new FileStream(Path.Combine(root, file.Replace('/', Path.DirectorySeparatorChar)), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    public override void Dispose() { }

    protected override void List(PackFindings findings) => List(new DirectoryInfo(root), "", 0, findings);

    private void List(DirectoryInfo folder, string prefix, int depth, PackFindings findings)
    {
        foreach (var item in folder.EnumerateFileSystemInfos("*", Everything))
        {
            var path = prefix + item.Name;
            if (item.Attributes.HasFlag(FileAttributes.ReparsePoint) || item.LinkTarget is not null)
                findings.Report(path, "is a link. A pack holds what it shows, and points nowhere else.");
            else if (item is DirectoryInfo below)
            {
                AddFolder(path);
                if (depth < MostDepth)
                    List(below, path + "/", depth + 1, findings);
                else
                    findings.Report(path, "is a folder deeper than any of a pack.");
            }
            else if (!UnixFile.IsRegular(item.FullName))
                findings.Report(path, "is no file but a device, a pipe or a socket.");
            else
                TryAdd(path, ((FileInfo)item).Length, findings);
        }
    }

    /// <summary>What kind of thing has a name: to open a pipe is to wait for whoever writes into it.</summary>
    private static class UnixFile
    {
        private const int CurrentFolder = -100;
        private const int NotThroughLinks = 0x100;
        private const uint TypeOnly = 1;
        private const int TypeOffset = 28;
        private const int TypeMask = 0xF000;
        private const int Regular = 0x8000;

        public static bool IsRegular(string path)
        {
            if (!OperatingSystem.IsLinux())
                return true;
            // struct statx, whose layout is the same on every processor; its mode is two bytes at 28.
            var status = new byte[256];
            return Status(CurrentFolder, path, NotThroughLinks, TypeOnly, status) == 0 && (BitConverter.ToUInt16(status, TypeOffset) & TypeMask) == Regular;
        }

        [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
        private static extern int Status(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);
    }
}
