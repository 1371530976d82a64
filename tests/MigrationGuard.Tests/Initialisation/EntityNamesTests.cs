using MigrationGuard.Initialisation;
using static MigrationGuard.Tests.Initialisation.HandMade;

namespace MigrationGuard.Tests.Initialisation;

public sealed class EntityNamesTests
{
    [Fact]
    public void Names_are_unique_ignoring_case_and_hold_no_colons() =>
        EntityNames.For([Table("dbo", "Fee"), Table("dbo", "fee"), Table("dbo", "a:b"), Table("dbo", " "), Table("sales", "Fee"), Table("dbo", "FEE-2")], "dbo", isDynamics: false)
            .ShouldBe(["Fee", "fee-2", "a-b", "table", "sales.Fee", "FEE-2-2"]);

    [Fact]
    public void Dynamics_tables_are_called_what_people_call_the_entity() =>
        EntityNames.For([Table("dbo", "ContactBase"), Table("dbo", "Attachment"), Table("dbo", "AttachmentBase"), Table("dbo", "Base")], "dbo", isDynamics: true)
            .ShouldBe(["contact", "Attachment", "AttachmentBase", "Base"]);
}
