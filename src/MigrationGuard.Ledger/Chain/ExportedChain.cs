namespace MigrationGuard.Ledger.Chain;

/// <summary>Lines of the chain outside the store: what <c>ledger export</c> writes, or a part of it.</summary>
public static class ExportedChain
{
    /// <summary>The shell loop that follows exported lines with nothing but <c>sha256sum</c>: file, and the hash before its first line where that is not the chain's.</summary>
    public static string ShellLoop
    {
        get
        {
            using var reader = new StreamReader(typeof(ExportedChain).Assembly.GetManifestResourceStream("verify-chain.sh")!);
            return reader.ReadToEnd();
        }
    }
}
