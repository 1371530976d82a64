using System.Text.Json.Serialization;

namespace MigrationGuard.Ledger.Attestations;

/// <summary>What somebody states of a thing that no machine can see: a user test, a restore, a mail server before and after.</summary>
/// <remarks>It is never edited: a later statement that names it corrects it, and both stay.</remarks>
public sealed record Attestation
{
    /// <summary>Its name, such as <c>20260301-181502-7f3a9c</c>.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>What kind of thing is stated; one of <see cref="AttestationKinds"/> or a name of the project's own, in letters, digits and hyphens.</summary>
    [JsonPropertyName("kind")]
    public required string Kind { get; init; }

    /// <summary>Who states it, as said.</summary>
    [JsonPropertyName("who")]
    public required string Who { get; init; }

    /// <summary>In what role.</summary>
    [JsonPropertyName("role")]
    public required string Role { get; init; }

    /// <summary>When what is stated happened.</summary>
    [JsonPropertyName("at")]
    public required DateTimeOffset At { get; init; }

    /// <summary>What is stated.</summary>
    [JsonPropertyName("statement")]
    public required string Statement { get; init; }

    [JsonPropertyName("outcome")]
    public required AttestedOutcome Outcome { get; init; }

    /// <summary>The asset that it is about; null where it is about the whole project.</summary>
    [JsonPropertyName("asset"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Asset { get; init; }

    /// <summary>The run that it is about; null where it is about none.</summary>
    [JsonPropertyName("run"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Run { get; init; }

    /// <summary>The attestation that this one corrects; null where it corrects none.</summary>
    [JsonPropertyName("corrects"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Corrects { get; init; }

    [JsonPropertyName("files")]
    public IReadOnlyList<AttachedFile> Files { get; init; } = [];
}

/// <summary>What an attestation says came out.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AttestedOutcome>))]
public enum AttestedOutcome
{
    [JsonStringEnumMemberName("passed")]
    Passed,

    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>A file that an attestation rests on.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Sha256">In lower-case hex.</param>
public sealed record AttachedFile(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("bytes")] long Bytes,
    [property: JsonPropertyName("sha256")] string Sha256);

/// <summary>An attestation as the ledger holds it.</summary>
/// <param name="Seq">Its entry.</param>
/// <param name="Recorded">When it was recorded.</param>
/// <param name="Recorder">The pseudonym of the account that recorded it.</param>
/// <param name="CorrectedBy">The attestation that corrects it; null while none does.</param>
public sealed record RecordedAttestation(Attestation Attestation, long Seq, DateTimeOffset Recorded, string Recorder, string? CorrectedBy)
{
    /// <summary>Whether what was stated has been erased: then the kind and the moment are all that is known, and nothing is proven by it.</summary>
    public bool IsErased => string.IsNullOrWhiteSpace(Attestation.Statement);

    /// <summary>One that was erased, in the place where it stood.</summary>
    public static RecordedAttestation Of(ErasedAttestation erased) => new(
        new Attestation { Id = erased.Id, Kind = erased.Kind, Who = "", Role = "", At = erased.Recorded, Statement = "", Outcome = AttestedOutcome.Failed },
        erased.Seq,
        erased.Recorded,
        "",
        erased.CorrectedBy);
}

/// <summary>What is attested, by the names that commitments use (seed 000, recommendations 4, 7, 10 and 12, and risk 7).</summary>
public static class AttestationKinds
{
    /// <summary>Users tested on the go-live weekend (recommendation 4.3.e).</summary>
    public const string UserTesting = "user-testing";

    /// <summary>The import's log and its alerts (recommendation 4.2).</summary>
    public const string ImportLog = "import-log";

    /// <summary>The configuration on both sides (recommendation 12).</summary>
    public const string ConfigurationSnapshot = "configuration-snapshot";

    /// <summary>Mailboxes and router queues before and after (recommendation 4.3.d).</summary>
    public const string MailServers = "mail-servers";

    public const string SmokeTest = "smoke-test";

    /// <summary>Fail-over to the second server (risk 7).</summary>
    public const string FailoverTest = "failover-test";

    /// <summary>A back-up was restored (recommendation 10).</summary>
    public const string RestoreTest = "restore-test";

    /// <summary>Users were shown what looks different (recommendation 7).</summary>
    public const string Familiarisation = "familiarisation";

    /// <summary>Somebody with authority signed off.</summary>
    public const string SignOff = "sign-off";

    public static readonly IReadOnlyList<string> All =
        [UserTesting, ImportLog, ConfigurationSnapshot, MailServers, SmokeTest, FailoverTest, RestoreTest, Familiarisation, SignOff];
}
