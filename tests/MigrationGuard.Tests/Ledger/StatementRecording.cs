using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MigrationGuard.Tests.Ledger;

/// <summary>Records the statements that the store is sent by the flow that makes this, and not by tests beside it.</summary>
internal sealed partial class StatementRecording : IDisposable
{
    private readonly ConcurrentBag<string> _statements = [];
    private readonly Activity _flow = new("recording");
    private readonly ActivityListener _listener;

    public StatementRecording()
    {
        _flow.SetIdFormat(ActivityIdFormat.W3C).Start();
        var trace = _flow.TraceId;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "MigrationGuard.Store",
            Sample = (ref options) => options.Parent.TraceId == trace ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace && activity.GetTagItem("db.query.text") is string sql)
                    _statements.Add(sql);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>All of them, as they were sent.</summary>
    public IReadOnlyCollection<string> Statements => _statements;

    /// <summary>Each of them once, in order, on one line, with one row of values where there were many.</summary>
    /// <remarks>Settings of connections and the tables themselves are an engine's own, and are left out.</remarks>
    public IReadOnlyList<string> Shapes() =>
    [
        .. _statements
            .Where(sql => ReadsOrWrites().IsMatch(sql))
            .Select(sql => Whitespace().Replace(Comment().Replace(sql, ""), " ").Trim())
            .Select(sql => MoreKeys().Replace(MoreRows().Replace(sql, ""), ""))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose()
    {
        _listener.Dispose();
        _flow.Dispose();
    }

    [GeneratedRegex(@"\A\s*(SELECT|INSERT|UPDATE|DELETE)\b")]
    private static partial Regex ReadsOrWrites();

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    [GeneratedRegex(@", \(@p[1-9][0-9]*_0[^)]*\)")]
    private static partial Regex MoreRows();

    [GeneratedRegex("(?<=@k0)(, @k[0-9]+)+")]
    private static partial Regex MoreKeys();
}
