using System.Buffers;
using System.Text.Unicode;

namespace MigrationGuard.Databases.Rows;

/// <summary>Gives text that comes in pieces of UTF-16 to a sink as the parts of a long value, in UTF-8.</summary>
/// <remarks>
/// A surrogate without its other half is given as the three bytes that UTF-8 would have for it. The replacement character, which
/// .NET's own encoder puts there, would make different texts one.
/// </remarks>
internal sealed class Utf8Parts(ValueSink sink)
{
    private readonly byte[] _bytes = new byte[16 * 1024];

    // The first half of a pair that two pieces share.
    private char _pending;

    public void Add(ReadOnlySpan<char> characters)
    {
        if (characters.IsEmpty)
            return;
        if (_pending != 0)
        {
            if (char.IsLowSurrogate(characters[0]))
            {
                Give([_pending, characters[0]]);
                characters = characters[1..];
            }
            else
            {
                GiveUnpaired(_pending);
            }
            _pending = '\0';
        }
        Give(characters);
    }

    public void End()
    {
        if (_pending != 0)
            GiveUnpaired(_pending);
        _pending = '\0';
    }

    private void Give(ReadOnlySpan<char> characters)
    {
        while (!characters.IsEmpty)
        {
            var status = Utf8.FromUtf16(characters, _bytes, out var read, out var written, replaceInvalidSequences: false, isFinalBlock: false);
            if (written > 0)
                sink.Part(_bytes.AsSpan(0, written));
            characters = characters[read..];
            if (status == OperationStatus.InvalidData)
            {
                GiveUnpaired(characters[0]);
                characters = characters[1..];
            }
            else if (status == OperationStatus.NeedMoreData)
            {
                _pending = characters[0];
                return;
            }
        }
    }

    private void GiveUnpaired(char surrogate) =>
        sink.Part([(byte)(0xE0 | (surrogate >> 12)), (byte)(0x80 | ((surrogate >> 6) & 0x3F)), (byte)(0x80 | (surrogate & 0x3F))]);
}
