using System.Text.RegularExpressions;

namespace MigrationGuard.Evidence.Privacy;

/// <summary>Takes the words of an operating system, and of a manifest's lines, out of sentences about places where back-ups and files lie.</summary>
/// <remarks>
/// That a container refused the credential, or that a folder is empty, is evidence, and said in this program's own words. As with
/// <see cref="DriverWords"/>, only sentences that are known are let through, and of all others only which place they are of.
/// </remarks>
internal static partial class StoreWords
{
    /// <summary>A sentence's parts: whatever stands before places, and what is said of each.</summary>
    public static string[] Parts(string sentence) => Beginning().Split(sentence);

    /// <summary>What is said of a place, without such words; null where the part is about none.</summary>
    public static string? LeftOut(string part)
    {
        if (Place().Match(part) is not { Success: true, Value: var place })
            return null;
        var said = part[place.Length..];
        var known = Known().Match(said);
        return place + (known.Success ? known.Value : " could not be read " + DriverWords.Their + ".");
    }

    [GeneratedRegex(@"(?<=[.:] )(?=Store [^,]{1,100}, (?:container|folder|manifest) )", RegexOptions.CultureInvariant)]
    private static partial Regex Beginning();

    // A colon or a full stop before a space ends it: what follows one is no more the place's name.
    [GeneratedRegex(@"\AStore [^,:]{1,100}, (?:container|folder|manifest) (?:(?!, |: |\. )[^\r\n])+,(?= )", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex(
        @"\A (?:does not exist\.|does not exist, or may not be seen by this account\.|is being deleted\.|is not UTF-8\.|cannot be read\.|cannot be used\."
        + @"|cannot be read to its end: a folder in it is refused or failed\."
        + @"|holds nothing at all, which is what a share that is not mounted and a wrong path look like too\."
        + @"|is on [A-Za-z0-9_-]{1,64}, the database's own server\."
        + @"|is a path of this machine: whether a disk of the database's server is behind it cannot be seen from here\."
        + @"|cannot be opened: its address, signature or connection string cannot be understood\."
        + @"|cannot (?:be [a-z' ]{1,60}|give (?:(?!: | \()[^\r\n])+)(?=: | \()(?:: (?:"
        + "it is in the archive|the service is too busy and stayed so|this machine's clock is wrong|the shared access signature has expired, or is not valid yet"
        + "|something else than Azure Storage answers at that address, such as a proxy that wants somebody to sign in"
        + "|the credential does not allow it|the service refuses the credential|there is nothing that may be seen without a credential"
        + "|no identity of this machine or environment could sign in|the answer broke off, or is none of Azure Storage"
        + "|the service cannot be reached, or the connection broke off again and again))?"
        + @"(?: \((?:[A-Za-z0-9]{1,80}|status [0-9]{1,3}|the service's clock said [0-9: -]{1,25} UTC)\))?\.)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Known();
}
