namespace MigrationGuard.Evidence.Checking;

/// <summary>Collects what is wrong with a pack, from several threads; of very much the first of it, and how much it is.</summary>
internal sealed class PackFindings
{
    private const int MostKept = 1000;
    private const int MostNameCharacters = 300;

    private readonly Lock _lock = new();
    private readonly List<PackProblem> _problems = [];
    private readonly List<string> _notes = [];

    public long Count { get; private set; }

    /// <summary>In the order of the files, so that two readings of one pack say the same.</summary>
    public IReadOnlyList<PackProblem> Problems => [.. _problems.OrderBy(problem => problem.File, StringComparer.Ordinal)];

    public IReadOnlyList<string> Notes => _notes;

    public void Report(string file, string problem)
    {
        lock (_lock)
        {
            Count++;
            if (_problems.Count < MostKept)
                _problems.Add(new PackProblem(file.Length <= MostNameCharacters ? file : file[..MostNameCharacters] + "…", problem));
        }
    }

    public void Note(string note)
    {
        lock (_lock)
            _notes.Add(note);
    }
}

/// <summary>A pack is such that nothing more of it is to be looked at.</summary>
internal sealed class PackRefusedException(string file, string problem) : Exception(problem)
{
    public string File { get; } = file;
}
