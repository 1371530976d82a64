using System.ComponentModel;
using System.Runtime.InteropServices;

namespace MigrationGuard.Evidence.Packs;

/// <summary>What .NET's file classes do not offer: folders on the disk, and names given only where there is none.</summary>
internal static class DiskDurability
{
    private const int AlreadyThere = 17;

    /// <summary>Has a folder's names on the disk, where the system can: a file may be durable under a name that is not.</summary>
    public static void FlushDirectory(string directory)
    {
        // NTFS writes names in its own journal, and gives nobody a handle to flush.
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Native.Open(directory, 0);
        if (descriptor < 0)
            throw Failure(directory);
        try
        {
            // Some network file systems cannot, and say so; then there is nothing to be done.
            _ = Native.Flush(descriptor);
        }
        finally
        {
            _ = Native.Close(descriptor);
        }
    }

    /// <summary>Gives a file another name, in the same folder, unless something has it.</summary>
    /// <remarks>A hard link fails where the name is taken; a rename would replace what came there a moment ago.</remarks>
    /// <exception cref="IOException">Something has the name, or the file cannot be renamed.</exception>
    public static void MoveNew(string from, string to)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Native.Link(from, to) == 0)
            {
                File.Delete(from);
                return;
            }
            if (Marshal.GetLastPInvokeError() == AlreadyThere)
                throw new IOException($"{to} exists already.");
            // A file system without hard links.
        }
        File.Move(from, to, overwrite: false);
    }

    private static IOException Failure(string path) => new($"{path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    private static class Native
    {
        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        public static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        public static extern int Flush(int descriptor);

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        public static extern int Close(int descriptor);

        [DllImport("libc", EntryPoint = "link", SetLastError = true)]
        public static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
    }
}
