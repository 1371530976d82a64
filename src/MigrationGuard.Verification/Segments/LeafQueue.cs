namespace MigrationGuard.Verification.Segments;

/// <summary>Hands out runs of leaves that are still to be read, each as long as should take the wanted time.</summary>
internal sealed class LeafQueue
{
    private readonly Lock _lock = new();
    private readonly bool[] _taken;
    private int _next;
    private double _size;

    /// <param name="known">What is read already.</param>
    /// <param name="firstLeaves">Leaves of the first runs.</param>
    public LeafQueue(int leaves, IEnumerable<Segment> known, int firstLeaves)
    {
        _taken = new bool[leaves];
        _size = firstLeaves;
        foreach (var segment in known)
            Array.Fill(_taken, true, segment.From, segment.To - segment.From);
    }

    /// <summary>The next run; null when nothing is left.</summary>
    public (int From, int To)? Next()
    {
        lock (_lock)
        {
            while (_next < _taken.Length && _taken[_next])
                _next++;
            if (_next == _taken.Length)
                return null;
            var from = _next;
            var most = (int)Math.Min(_size, _taken.Length - from);
            while (_next < from + most && !_taken[_next])
                _next++;
            return (from, _next);
        }
    }

    /// <summary>Takes note of how long a run of leaves took.</summary>
    /// <remarks>Never more than twice as long or half as short as before: one slow answer says little.</remarks>
    public void Adapt(int leaves, double seconds, double wantedSeconds)
    {
        lock (_lock)
            _size = Math.Max(1, Math.Clamp(leaves * wantedSeconds / Math.Max(seconds, 0.001), _size / 2, _size * 2));
    }
}
