using System.Text;
using MigrationGuard.Ledger.Checkpoints;

namespace MigrationGuard.Anchors;

/// <summary>Checkpoints that somebody has as a file: a copy of one, or the mail that it came in.</summary>
internal static class CheckpointFiles
{
    // A mail with its HTML and headers; nobody gives a checkpoint that is longer.
    private const long MostBytes = 4 * 1024 * 1024;

    /// <exception cref="UsageException">The file cannot be read, or holds no checkpoint.</exception>
    public static SignedCheckpoint Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes)
                throw new FormatException("It is far longer than a mail with a checkpoint.");
            return SignedCheckpoint.Find(File.ReadAllText(path, Encoding.UTF8));
        }
        catch (FormatException e)
        {
            throw new UsageException($"--checkpoint: {path} holds no checkpoint that can be used. {e.Message} Save the message as text, or copy the checkpoint out of it, all of its lines.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--checkpoint: {path} cannot be read: {e.Message} Name a file that holds a checkpoint.");
        }
    }
}
