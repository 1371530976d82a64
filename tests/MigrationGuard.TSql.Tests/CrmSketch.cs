using Microsoft.Data.Sqlite;

namespace MigrationGuard.TSql.Tests;

/// <summary>
/// The few tables and columns of an organisation database that the shipped queries read, in SQLite, with a small and
/// faultless body of records.
/// </summary>
/// <remarks>The queries for all engines run on it as they are, so what they mean can be tested without SQL Server.</remarks>
internal sealed class CrmSketch : IDisposable
{
    private const string Tables = """
        CREATE TABLE AccountBase (AccountId, StateCode, StatusCode, CreatedOn, ModifiedOn);
        CREATE TABLE ContactBase (ContactId, StateCode, StatusCode, CreatedOn, ModifiedOn);
        CREATE TABLE LeadBase (LeadId, StateCode, StatusCode, CreatedOn, ModifiedOn);
        CREATE TABLE OpportunityBase (OpportunityId, StateCode, StatusCode, CreatedOn, ModifiedOn);
        CREATE TABLE IncidentBase (IncidentId, StateCode, StatusCode, CreatedOn, ModifiedOn);
        CREATE TABLE ActivityPointerBase (ActivityId, ActivityTypeCode, StateCode, StatusCode, Subject, Description, DeliveryAttempts,
            RegardingObjectId, RegardingObjectTypeCode, CreatedOn, ModifiedOn);
        CREATE TABLE ActivityPartyBase (ActivityPartyId, ActivityId);
        CREATE TABLE EmailBase (ActivityId);
        CREATE TABLE PhoneCallBase (ActivityId);
        CREATE TABLE AppointmentBase (ActivityId);
        CREATE TABLE AnnotationBase (AnnotationId, ObjectId, ObjectTypeCode, FileName, FileSize, Subject, DocumentBody, CreatedOn, ModifiedOn);
        CREATE TABLE ActivityMimeAttachment (ActivityMimeAttachmentId, ObjectId, ObjectTypeCode, AttachmentId);
        CREATE TABLE Attachment (AttachmentId, FileName, FileSize, Subject, Body);
        CREATE TABLE CustomerAddressBase (CustomerAddressId, ParentId, ObjectTypeCode, CreatedOn, ModifiedOn);
        CREATE TABLE QueueBase (QueueId, StateCode, StatusCode, CreatedOn, ModifiedOn);
        CREATE TABLE QueueItemBase (QueueItemId, QueueId, ObjectId, ObjectTypeCode, WorkerId, StateCode, StatusCode, EnteredOn, CreatedOn, ModifiedOn);
        CREATE TABLE SystemUserBase (SystemUserId, IsDisabled, AccessMode, BusinessUnitId, CreatedOn, ModifiedOn);
        CREATE TABLE TeamBase (TeamId, CreatedOn, ModifiedOn);
        CREATE TABLE BusinessUnitBase (BusinessUnitId);
        CREATE TABLE MailboxBase (MailboxId, StateCode, StatusCode, IncomingEmailDeliveryMethod, OutgoingEmailDeliveryMethod);
        CREATE TABLE AsyncOperationBase (AsyncOperationId, OperationType, StateCode, StatusCode, ErrorCode, CompletedOn);
        CREATE TABLE BulkDeleteOperationBase (BulkDeleteOperationId, AsyncOperationId, IsRecurring, SuccessCount, FailureCount);
        CREATE TABLE BulkDeleteFailureBase (BulkDeleteFailureId, RegardingObjectTypeCode, ErrorNumber);
        """;

    private const string Records = """
        INSERT INTO AccountBase VALUES ('a1', 0, 1, '2022-01-01', '2022-02-01'), ('a2', 1, 2, '2022-01-02', '2022-02-02');
        INSERT INTO ContactBase VALUES ('c1', 0, 1, '2022-01-03', '2022-02-03');
        INSERT INTO IncidentBase VALUES ('i1', 0, 1, '2022-01-04', '2022-02-04');
        INSERT INTO ActivityPointerBase VALUES
            ('e1', 4202, 1, 6, 'S', 'D', 2, 'i1', 112, '2022-03-01', '2022-03-01'),
            ('e2', 4202, 1, 3, 'S', NULL, 0, 'c1', 2, '2022-03-02', '2022-03-02'),
            ('p1', 4210, 0, 1, NULL, 'D', 0, 'a1', 1, '2022-03-03', '2022-03-03'),
            ('m1', 4201, 3, 5, 'S', 'D', 0, NULL, NULL, '2022-03-04', '2022-03-04');
        INSERT INTO EmailBase VALUES ('e1'), ('e2');
        INSERT INTO PhoneCallBase VALUES ('p1');
        INSERT INTO AppointmentBase VALUES ('m1');
        INSERT INTO ActivityPartyBase VALUES ('y1', 'e1'), ('y2', 'p1');
        INSERT INTO AnnotationBase VALUES
            ('n1', 'a1', 1, 'Credit_Card_2022.csv', 10, NULL, 'x', '2022-04-01', '2022-04-01'),
            ('n2', 'i1', 112, 'scan.pdf', 20, 'Paperless DD run', 'x', '2022-04-02', '2022-04-02'),
            ('n3', 'e1', 4202, NULL, NULL, 'a plain note', NULL, '2022-04-03', '2022-04-03');
        INSERT INTO Attachment VALUES ('f1', 'ADDACS0409.txt', 30, NULL, 'x'), ('f2', 'Collection.txt', 40, NULL, NULL), ('f3', 'letter.pdf', 50, NULL, 'x');
        INSERT INTO ActivityMimeAttachment VALUES ('t1', 'e1', 4202, 'f1'), ('t2', 'e2', 4202, 'f2'), ('t3', 'e2', 4202, 'f3');
        INSERT INTO CustomerAddressBase VALUES ('d1', 'a1', 1, '2022-01-01', '2022-01-01'), ('d2', 'c1', 2, '2022-01-01', '2022-01-01');
        INSERT INTO QueueBase VALUES ('q1', 0, 1, '2022-01-01', '2022-01-01');
        INSERT INTO QueueItemBase VALUES ('k1', 'q1', 'i1', 112, 'u1', 0, 1, '2022-05-01', '2022-05-01', '2022-05-01'),
                                         ('k2', 'q1', 'e1', 4202, NULL, 0, 1, '2022-05-02', '2022-05-02', '2022-05-02');
        INSERT INTO SystemUserBase VALUES ('u1', 0, 0, 'b1', '2022-01-01', '2022-01-01'), ('u2', 1, 0, 'b1', '2022-01-01', '2022-01-01');
        INSERT INTO BusinessUnitBase VALUES ('b1');
        INSERT INTO MailboxBase VALUES ('x1', 0, 1, 2, 2);
        INSERT INTO AsyncOperationBase VALUES ('j1', 13, 3, 30, NULL, '2022-06-01'), ('j2', 10, 3, 31, -1, '2022-06-02'), ('j3', 13, 1, 10, NULL, NULL);
        INSERT INTO BulkDeleteOperationBase VALUES ('o1', 'j1', 1, 7, 2), ('o2', NULL, 0, 1, 0);
        INSERT INTO BulkDeleteFailureBase VALUES ('l1', 112, -5), ('l2', 112, -5);
        """;

    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public CrmSketch()
    {
        _connection.Open();
        Run(Tables);
        Run(Records);
    }

    /// <summary>Plants a corruption.</summary>
    public void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>The rows of a shipped query, each as its values joined by bars, NULL as nothing.</summary>
    public IReadOnlyList<string> Rows(string shippedQuery)
    {
        using var command = Command(ShippedQuery.Read(shippedQuery).File.Sql);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        return rows;
    }

    public void Dispose() => _connection.Dispose();

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
