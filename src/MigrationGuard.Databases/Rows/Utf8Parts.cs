using System.Buffers;
using System.Text.Unicode;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases.Rows;

/// <summary>Gives text that comes in pieces of UTF-16 to a sink as the parts of a long value, in UTF-8.</summary>
/// <remarks>A surrogate without its other half is given as <see cref="GeneralisedUtf8"/> has it.</remarks>
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

    private void GiveUnpaired(char surrogate)
    {
        Span<byte> utf8 = stackalloc byte[GeneralisedUtf8.BytesPerUnit];
        GeneralisedUtf8.WriteUnpaired(surrogate, utf8);
        sink.Part(utf8);
    }
}
