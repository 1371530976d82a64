using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store.Verification;

/// <summary>What verification has found so far.</summary>
internal sealed class VerificationFindings
{
    private readonly List<ChainProblem> _problems = [];
    private readonly List<(string Subject, ChainProblem Problem)> _suspected = [];
    private readonly List<string> _unproven = [];
    private readonly HashSet<string> _unprovenOnce = new(StringComparer.Ordinal);

    public List<ChainProblem> Problems => _problems;

    /// <summary>Subjects of which something could not be held against its entry, because the payload was erased; each once.</summary>
    public IReadOnlyList<string> Unproven => _unproven;

    public void Report(long? seq, string problem) => _problems.Add(new ChainProblem(seq, problem));

    /// <summary>Reports a problem of a row that lives on, unless it turns out to have been changed by an entry written meanwhile.</summary>
    /// <param name="subject">The subject of the row's entries.</param>
    public void Suspect(string subject, long? seq, string problem) => _suspected.Add((subject, new ChainProblem(seq, problem)));

    public void MarkUnproven(string subject)
    {
        if (_unprovenOnce.Add(subject))
            _unproven.Add(subject);
    }

    /// <summary>Reports what is suspected of every subject but these.</summary>
    public void Confirm(IReadOnlySet<string> writtenMeanwhile) =>
        _problems.AddRange(_suspected.Where(suspicion => !writtenMeanwhile.Contains(suspicion.Subject)).Select(suspicion => suspicion.Problem));
}
