using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Evidence.Privacy;

/// <summary>Values of one entity's or one query's columns, as a pack may hold them: codes as they are, others as keyed digests.</summary>
/// <param name="subject">The entity, or the check that a query is.</param>
/// <remarks>
/// Equal values of a column have equal digests, in every pack of the project, so that a group can be followed from run to run; those of
/// two columns differ, so that nobody can join them. Whoever has not the project's key cannot try values out.
/// </remarks>
internal sealed class LabelPrivacy(byte[] projectKey, string comparison, string subject)
{
    public const string DigestPrefix = "digest:";

    private const int DigestBytes = 8;

    private readonly string _place = $"pack label\0{comparison.ToUpperInvariant()}\0{subject.ToUpperInvariant()}\0";

    /// <summary>The value, if it may be shown; else its digest.</summary>
    public Scalar Of(string column, Scalar value, bool isCode) => isCode || value.IsNull ? value : new Scalar(DigestPrefix + Digest(column, value.ToString()));

    /// <summary>Whether a value says nothing but that a condition holds or does not.</summary>
    public static bool IsTruth(Scalar value) => value.Text is null && value.ToString() is "true" or "false";

    /// <summary>Whether a value is of the kind that codes are: NULL, a whole number, true or false.</summary>
    public static bool IsCodeLike(Scalar value) => value.IsNull || value.Number is not null || (value.Text is null && IsTruth(value));

    /// <summary>HMAC-SHA-256 of the place, the column and the value under the project's key, the first 8 bytes in lower-case hex.</summary>
    public string Digest(string column, string value) => Convert.ToHexStringLower(
        HMACSHA256.HashData(projectKey, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_place}{column.ToUpperInvariant()}\0{value}"))).AsSpan(0, DigestBytes));
}
