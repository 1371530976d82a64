namespace MigrationGuard.Databases.Catalogues;

/// <summary>How far a server's clock is from this program's.</summary>
/// <param name="Ahead">What has to be added to this program's clock to read the server's; negative where the server's is behind.</param>
/// <param name="Within">The most that it can be wrong by: half the time that asking took.</param>
/// <remarks>Evidence of two servers names moments of three clocks. Whoever reads it later cannot ask them any more.</remarks>
public sealed record ClockOffset(TimeSpan Ahead, TimeSpan Within)
{
    /// <param name="server">What the server's clock said, in UTC.</param>
    /// <param name="asked">This program's clock before the question.</param>
    /// <param name="answered">This program's clock after the answer.</param>
    public static ClockOffset Of(DateTime server, DateTimeOffset asked, DateTimeOffset answered)
    {
        var half = (answered - asked) / 2;
        return new ClockOffset(DateTime.SpecifyKind(server, DateTimeKind.Utc) - (asked + half).UtcDateTime, half);
    }
}
