using System.Buffers;
using System.Globalization;

namespace MigrationGuard.Ledger.Chain;

/// <summary>Reads lines of the chain, from left to right and without looking back.</summary>
/// <remarks>By hand, as a verification reads every line there is: a regular expression's groups cost more than hashing the line.</remarks>
internal ref struct EntryLineParser
{
    private const int MostSeqDigits = 19;
    private const int TimeLength = 28;
    private const int MostKindLetters = 50;
    private const int MostActorLetters = 50;
    private const int MostSubjectLetters = 200;
    private const int HashDigits = 64;
    private const string LowerHex = "0123456789abcdef";
    private const string LowerLetters = "abcdefghijklmnopqrstuvwxyz";
    private const string Letters = LowerLetters + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    // At that length and of these characters it is what EntryLine.TimeFormat writes; .NET reads it without interpreting a format.
    private const string RoundTrip = "O";

    private static readonly SearchValues<char> Digit = SearchValues.Create(Digits);
    private static readonly SearchValues<char> OfTime = SearchValues.Create(Digits + "TZ:.-");
    private static readonly SearchValues<char> OfKind = SearchValues.Create(LowerLetters + "-");
    private static readonly SearchValues<char> OfName = SearchValues.Create(Letters + Digits + "._:-");
    private static readonly SearchValues<char> OfHash = SearchValues.Create(LowerHex);

    // Most lines are of a few kinds, and one text each does for all of them.
    private static readonly Dictionary<string, string> Kinds = Enum.GetValues<EntryKind>().Select(EntryKinds.Spelt).ToDictionary(kind => kind, StringComparer.Ordinal);
    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> KnownKinds = Kinds.GetAlternateLookup<ReadOnlySpan<char>>();

    private ReadOnlySpan<char> _rest;
    private bool _failed;

    private EntryLineParser(string line) => _rest = line;

    public static EntryLine? Parse(string line)
    {
        var parser = new EntryLineParser(line);
        var seq = parser.Take("{\"seq\":", Digit, 1, MostSeqDigits);
        var time = parser.Take(",\"time\":\"", OfTime, TimeLength, TimeLength);
        var kind = parser.Take("\",\"kind\":\"", OfKind, 1, MostKindLetters);
        var actor = parser.Take("\",\"actor\":\"", OfName, 1, MostActorLetters);
        var subject = parser.Take("\",\"subject\":\"", OfName, 1, MostSubjectLetters);
        var payload = parser.Take("\",\"payload\":\"", OfHash, HashDigits, HashDigits);
        var previous = parser.Take("\",\"previous\":\"", OfHash, HashDigits, HashDigits);
        if (parser._failed || parser._rest is not "\"}" || seq[0] == '0' || kind[0] == '-'
            || !long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !DateTimeOffset.TryParseExact(time, RoundTrip, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            return null;
        return new EntryLine(
            number, moment.UtcDateTime, KnownKinds.TryGetValue(kind, out var known) ? known : kind.ToString(), actor.ToString(), subject.ToString(), payload.ToString(), previous.ToString());
    }

    /// <summary>What stands after a member's name, as far as its characters go; empty once something was not as it is in a line.</summary>
    private ReadOnlySpan<char> Take(string name, SearchValues<char> characters, int least, int most)
    {
        if (_failed || !_rest.StartsWith(name, StringComparison.Ordinal))
        {
            _failed = true;
            return [];
        }
        var value = _rest[name.Length..];
        var length = value.IndexOfAnyExcept(characters);
        if (length < least || length > most)
        {
            _failed = true;
            return [];
        }
        _rest = value[length..];
        return value[..length];
    }
}
