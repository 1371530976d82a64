namespace System.IO.Hashing;

/// <summary>The base of hashes that protect against accidents alone. Azure Storage's checksum derives from it, and this program asks for none.</summary>
public abstract class NonCryptographicHashAlgorithm(int hashLengthInBytes)
{
    public int HashLengthInBytes => hashLengthInBytes;

    public abstract void Append(ReadOnlySpan<byte> source);

    public abstract void Reset();

    protected abstract void GetCurrentHashCore(Span<byte> destination);
}
