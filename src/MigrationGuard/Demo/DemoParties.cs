using static MigrationGuard.Demo.DemoCrm;

namespace MigrationGuard.Demo;

/// <summary>Who the CRM is about and who works in it: users, accounts, contacts.</summary>
internal static class DemoParties
{
    private static readonly string[] Places =
        ["Harbour Lane", "Mill Street", "Station Road", "Old Quay", "Orchard Row", "Castle Hill", "North Bridge", "Market Square", "Canal Side", "Beacon Point"];

    private static readonly string[] Trades =
        ["Bakery", "Bicycle Repairs", "Joinery", "Print Works", "Veterinary Practice", "Nursery School", "Garden Centre", "Fish Market", "Surveyors", "Housing Trust"];

    private static readonly WeightedStatus[] ActiveOrInactive = [new(0, 1, 88), new(1, 2, 12)];

    public static readonly DemoTable SystemUsers = new("SystemUserBase", ObjectType.SystemUser, """
        SystemUserId uniqueidentifier NOT NULL PRIMARY KEY,
        FullName nvarchar(200) NOT NULL,
        DomainName nvarchar(1024) NOT NULL,
        IsDisabled bit NOT NULL,
        AccessMode int NOT NULL,
        CreatedOn datetime NOT NULL,
        ModifiedOn datetime NOT NULL
        """, 140, SystemUser);

    public static readonly DemoTable Accounts = new("AccountBase", ObjectType.Account, """
        AccountId uniqueidentifier NOT NULL PRIMARY KEY,
        Name nvarchar(160) NOT NULL,
        AccountNumber nvarchar(20) NOT NULL,
        CustomerTypeCode int NOT NULL,
        OwnerId uniqueidentifier NOT NULL,
        StateCode int NOT NULL,
        StatusCode int NOT NULL,
        CreatedOn datetime NOT NULL,
        ModifiedOn datetime NOT NULL
        """, 4_200, Account);

    public static readonly DemoTable Contacts = new("ContactBase", ObjectType.Contact, """
        ContactId uniqueidentifier NOT NULL PRIMARY KEY,
        FullName nvarchar(160) NOT NULL,
        EMailAddress1 nvarchar(100) NOT NULL,
        ParentCustomerId uniqueidentifier NOT NULL,
        OwnerId uniqueidentifier NOT NULL,
        StateCode int NOT NULL,
        StatusCode int NOT NULL,
        CreatedOn datetime NOT NULL,
        ModifiedOn datetime NOT NULL
        """, 9_600, Contact);

    /// <summary>The key of a user who may own a row.</summary>
    public static string Owner(DemoRandom random) => Key(ObjectType.SystemUser, 1 + random.Below(SystemUsers.RowCount));

    private static object[] SystemUser(DemoRandom random, int number)
    {
        var (created, modified) = random.Lifetime(Opened, LastDay);
        return [
            Key(ObjectType.SystemUser, number), $"Case Officer {number:D3}", $"DEMO\\officer{number:D3}",
            random.Chance(20) ? 1 : 0, random.Chance(5) ? 1 : 0, Text(created), Text(modified)];
    }

    private static object[] Account(DemoRandom random, int number)
    {
        var (created, modified) = random.Lifetime(Opened, LastDay);
        var (state, status) = random.Pick(ActiveOrInactive);
        return [
            Key(ObjectType.Account, number), $"{random.Pick(Places)} {random.Pick(Trades)} {number}", $"ACC-{number:D5}",
            1 + random.Below(4), Owner(random), state, status, Text(created), Text(modified)];
    }

    private static object[] Contact(DemoRandom random, int number)
    {
        var (created, modified) = random.Lifetime(Opened, LastDay);
        var (state, status) = random.Pick(ActiveOrInactive);
        return [
            Key(ObjectType.Contact, number), $"Contact {number:D5}", $"contact{number:D5}@example.org",
            Key(ObjectType.Account, 1 + random.Below(Accounts.RowCount)), Owner(random), state, status, Text(created), Text(modified)];
    }
}
