using static MigrationGuard.Demo.DemoCrm;

namespace MigrationGuard.Demo;

/// <summary>The fee register: a custom entity, as its prefix says.</summary>
internal static class DemoFeeRegister
{
    private static readonly string[] Categories = ["Annual registration", "Late renewal", "Copy of an entry", "Change of details"];

    // SQLite keeps the fraction of a money column in binary: halves and quarters of a pound are exact there, pence are not.
    private static readonly double[] Tariff = [40, 60, 35.5, 12.25, 127.75, 2900];

    // Due, paid, void.
    private static readonly WeightedStatus[] Statuses = [new(0, 1, 15), new(0, 100_000_001, 80), new(1, 2, 5)];

    public static readonly DemoTable Fees = new("new_feeBase", ObjectType.Fee, """
        new_feeId uniqueidentifier NOT NULL PRIMARY KEY,
        new_name nvarchar(100) NOT NULL,
        new_accountid uniqueidentifier NOT NULL,
        new_category nvarchar(100) NOT NULL,
        new_amount money NOT NULL,
        StateCode int NOT NULL,
        StatusCode int NOT NULL,
        CreatedOn datetime NOT NULL,
        ModifiedOn datetime NOT NULL
        """, 7_300, Fee);

    private static object[] Fee(DemoRandom random, int number)
    {
        var (created, modified) = random.Lifetime(Opened, LastDay);
        var (state, status) = random.Pick(Statuses);
        return [
            Key(ObjectType.Fee, number), $"FEE-{number:D6}", Key(ObjectType.Account, 1 + random.Below(DemoParties.Accounts.RowCount)),
            random.Pick(Categories), random.Pick(Tariff), state, status, Text(created), Text(modified)];
    }
}
