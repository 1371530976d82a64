namespace MigrationGuard.TSql.Tests;

/// <summary>What the shipped Dynamics CRM queries find, and that each finds a record that was lost or changed.</summary>
public sealed class DynamicsQueriesTests
{
    [Theory]
    [InlineData("high-level-record-counts", "DELETE FROM AnnotationBase WHERE AnnotationId = 'n3'", "note|3", "note|2")]
    [InlineData("state-and-status", "UPDATE AccountBase SET StateCode = 0, StatusCode = 1", "account|1|2|1", "account|0|1|2")]
    [InlineData("last-item-added", "INSERT INTO ContactBase VALUES ('c2', 0, 1, '2022-12-10', '2022-12-11')", "contact|2022-01-03|2022-02-03", "contact|2022-12-10|2022-12-11")]
    [InlineData("activities-by-type", "UPDATE ActivityPointerBase SET Description = NULL", "4210|0|1|1|0|1|1|2022-03-03", "4210|0|1|1|0|0|1|2022-03-03")]
    [InlineData("pending-and-failed-emails", "UPDATE ActivityPointerBase SET StatusCode = 8 WHERE ActivityId = 'e1'", "pending send|1|1|2022-03-01|2022-03-01", "failed|1|1|2022-03-01|2022-03-01")]
    [InlineData("queue-items", "UPDATE QueueItemBase SET WorkerId = NULL", "112|0|1|1|1|1|2022-05-01", "112|0|1|1|0|1|2022-05-01")]
    [InlineData("mailboxes", "UPDATE MailboxBase SET IncomingEmailDeliveryMethod = 0", "0|1|2|2|1", "0|1|0|2|1")]
    [InlineData("users-by-disabled-state", "UPDATE SystemUserBase SET IsDisabled = 0", "1|0|1|1", "0|0|2|1")]
    [InlineData("failed-jobs", "UPDATE AsyncOperationBase SET StatusCode = CASE AsyncOperationId WHEN 'j1' THEN 31 ELSE 30 END", "10|-1|1|2022-06-02", "13||1|2022-06-01")]
    [InlineData("unfinished-jobs", "DELETE FROM AsyncOperationBase WHERE AsyncOperationId = 'j3'", "13|1|10|1", null)]
    [InlineData("deletion-jobs", "UPDATE BulkDeleteOperationBase SET FailureCount = 3, IsRecurring = 0 WHERE BulkDeleteOperationId = 'o1'", "3|30|1|1|7|2", "3|30|1|0|7|3")]
    [InlineData("failed-deletions", "DELETE FROM BulkDeleteFailureBase WHERE BulkDeleteFailureId = 'l1'", "112|-5|2", "112|-5|1")]
    [InlineData("finance-files", "UPDATE AnnotationBase SET FileSize = 9 WHERE AnnotationId = 'n1'", "credit card|note|1|10|0|2022-04-01|2022-04-01", "credit card|note|1|9|0|2022-04-01|2022-04-01")]
    public void A_query_shows_what_is_there_and_what_a_corruption_changes(string query, string corruption, string sound, string? corrupted)
    {
        using var crm = new CrmSketch();
        var path = $"dynamics-crm/{query}.sql";

        crm.Rows(path).ShouldContain(sound);
        crm.Run(corruption);

        var after = crm.Rows(path);
        if (corrupted is not null)
            after.ShouldContain(corrupted);
        after.ShouldNotContain(sound);
    }

    [Fact]
    public void Finance_files_are_sorted_into_the_four_categories_and_nothing_is_left_out()
    {
        using var crm = new CrmSketch();

        crm.Rows("dynamics-crm/finance-files.sql").Select(row => string.Join('|', row.Split('|')[..5])).ShouldBe(
            [
                "ADDACS and ARRUD|activity attachment|1|30|0",
                "collection and Baccess|activity attachment|1|40|1",
                "credit card|note|1|10|0",
                "other|activity attachment|1|50|0",
                "paperless DD|note|1|20|0",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void E_mail_statuses_without_any_e_mail_still_have_a_row()
    {
        using var crm = new CrmSketch();
        crm.Run("DELETE FROM ActivityPointerBase");

        crm.Rows("dynamics-crm/pending-and-failed-emails.sql").ShouldBe(["pending send|0|0||", "sending|0|0||", "failed|0|0||"], ignoreOrder: true);
    }

    [Fact]
    public void A_sound_database_has_no_orphans()
    {
        using var crm = new CrmSketch();

        crm.Rows("dynamics-crm/orphans.sql").ShouldAllBe(row => row.EndsWith("|0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DELETE FROM EmailBase WHERE ActivityId = 'e2'", "activity of type e-mail without its e-mail")]
    [InlineData("INSERT INTO EmailBase VALUES ('gone')", "e-mail without its activity")]
    [InlineData("DELETE FROM PhoneCallBase", "activity of type phone call without its phone call")]
    [InlineData("DELETE FROM AppointmentBase", "activity of type appointment without its appointment")]
    [InlineData("UPDATE ActivityPointerBase SET RegardingObjectId = 'gone' WHERE ActivityId = 'p1'", "activity about an account that is gone")]
    [InlineData("UPDATE ActivityPointerBase SET RegardingObjectId = 'gone' WHERE ActivityId = 'e2'", "activity about a contact that is gone")]
    [InlineData("UPDATE ActivityPointerBase SET RegardingObjectId = 'gone' WHERE ActivityId = 'e1'", "activity about an incident that is gone")]
    [InlineData("UPDATE ActivityPartyBase SET ActivityId = 'gone' WHERE ActivityPartyId = 'y1'", "activity party without its activity")]
    [InlineData("UPDATE AnnotationBase SET ObjectId = 'gone' WHERE AnnotationId = 'n1'", "note on an account that is gone")]
    [InlineData("UPDATE AnnotationBase SET ObjectId = 'gone', ObjectTypeCode = 2 WHERE AnnotationId = 'n1'", "note on a contact that is gone")]
    [InlineData("UPDATE AnnotationBase SET ObjectId = 'gone' WHERE AnnotationId = 'n2'", "note on an incident that is gone")]
    [InlineData("UPDATE AnnotationBase SET ObjectId = 'gone' WHERE AnnotationId = 'n3'", "note on an activity that is gone")]
    [InlineData("UPDATE AnnotationBase SET ObjectId = NULL, ObjectTypeCode = NULL WHERE AnnotationId = 'n3'", "note on nothing")]
    [InlineData("UPDATE ActivityMimeAttachment SET ObjectId = 'gone' WHERE ActivityMimeAttachmentId = 't1'", "activity attachment without its activity")]
    [InlineData("INSERT INTO ActivityMimeAttachment VALUES ('t4', 'e1', 4202, 'gone')", "activity attachment without its file")]
    [InlineData("INSERT INTO Attachment VALUES ('f4', 'x', 1, NULL, 'x')", "file that no activity attachment refers to")]
    [InlineData("UPDATE QueueItemBase SET QueueId = 'gone' WHERE QueueItemId = 'k1'", "queue item without its queue")]
    [InlineData("UPDATE QueueItemBase SET ObjectId = 'gone' WHERE QueueItemId = 'k2'", "queue item of an activity that is gone")]
    [InlineData("UPDATE QueueItemBase SET ObjectId = 'gone' WHERE QueueItemId = 'k1'", "queue item of an incident that is gone")]
    [InlineData("UPDATE CustomerAddressBase SET ParentId = 'gone' WHERE CustomerAddressId = 'd1'", "address of an account that is gone")]
    [InlineData("UPDATE CustomerAddressBase SET ParentId = 'gone' WHERE CustomerAddressId = 'd2'", "address of a contact that is gone")]
    public void A_planted_orphan_is_counted_under_its_kind_and_no_other(string corruption, string kind)
    {
        using var crm = new CrmSketch();
        crm.Run(corruption);

        crm.Rows("dynamics-crm/orphans.sql").Where(row => !row.EndsWith("|0", StringComparison.Ordinal)).ShouldBe([kind + "|1"]);
    }
}
