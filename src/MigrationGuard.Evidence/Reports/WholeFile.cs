using System.Text;

namespace MigrationGuard.Evidence.Reports;

/// <summary>Text files that are either there from first to last byte or not there at all.</summary>
internal static class WholeFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes <paramref name="text"/> as UTF-8, replacing a file of that name; its folder must exist.</summary>
    /// <remarks>
    /// A process that dies in mid-write leaves a file beside it, never half a report under the report's name. The content is
    /// on the disk before the name is, so that a power cut cannot leave the name over an empty file.
    /// </remarks>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var unfinished = path + "." + Path.GetRandomFileName() + ".unfinished";
        try
        {
            await using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await stream.WriteAsync(Utf8.GetBytes(text), cancellationToken);
                stream.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
