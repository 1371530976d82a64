using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using MigrationGuard.Databases;

namespace MigrationGuard.Demo;

/// <summary>Builds the demo's old and new CRM.</summary>
/// <remarks>
/// The new database is a copy of the old one with <see cref="PlantedDefects"/> planted in it, so that there is no
/// difference but those.
/// </remarks>
public static class DemoDatabases
{
    // SQLite keeps a number of the application's own in a file's header; by it an earlier demo's file is told from
    // somebody's data of the same name. https://www.sqlite.org/fileformat.html, section 1.3.
    private const int ApplicationId = 0x4D_47_44_31;
    private const int ApplicationIdOffset = 68;

    private const string ClearDirectory = "Name another directory with --directory, or move the file away.";

    private static readonly Dialect Sqlite = Dialect.For(Provider.Sqlite);

    /// <summary>Writes <c>old.sqlite</c> and <c>new.sqlite</c> below <paramref name="directory"/>, in place of an earlier demo's; the same rows each time.</summary>
    /// <exception cref="DemoException">A file there is not an earlier demo's or cannot be replaced; each is then as it was, or new.</exception>
    public static Task BuildAsync(string directory, CancellationToken cancellationToken) =>
        // SQLite works on the calling thread, and the caller may want to show that something is happening.
        Task.Run(() => Build(new DemoFiles(directory), cancellationToken), cancellationToken);

    private static void Build(DemoFiles files, CancellationToken cancellationToken)
    {
        var (unfinishedOld, unfinishedNew) = (files.Old + ".unfinished", files.New + ".unfinished");
        try
        {
            Directory.CreateDirectory(files.Directory);
            RefuseForeign(files.Old);
            RefuseForeign(files.New);
            File.Delete(unfinishedOld);
            WriteOld(unfinishedOld, cancellationToken);
            File.Copy(unfinishedOld, unfinishedNew, overwrite: true);
            PlantNew(unfinishedNew, cancellationToken);
            Replace(files.Old, unfinishedOld);
            Replace(files.New, unfinishedNew);
        }
        catch (DbException e)
        {
            var (problem, remedy) = Sqlite.Explain(e);
            throw new DemoException(files.Directory, problem, remedy, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DemoException(files.Directory, $"the demo's databases cannot be written ({e.Message}).", "Name another directory with --directory, or close what has the files open.", e);
        }
        finally
        {
            DeleteQuietly(unfinishedOld);
            DeleteQuietly(unfinishedNew);
        }
    }

    private static void RefuseForeign(string path)
    {
        if (Directory.Exists(path))
            throw new DemoException(path, "is a directory.", ClearDirectory);
        if (!File.Exists(path))
            return;
        Span<byte> header = stackalloc byte[ApplicationIdOffset + sizeof(int)];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var isDemo = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length
            && BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdOffset..]) == ApplicationId;
        if (!isDemo)
            throw new DemoException(path, "was not made by an earlier demo and is not overwritten.", ClearDirectory);
    }

    private static void WriteOld(string path, CancellationToken cancellationToken)
    {
        using var connection = Open(path);
        Execute(connection, null, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        using var transaction = connection.BeginTransaction();
        foreach (var table in DemoCrm.Tables)
        {
            Execute(connection, transaction, $"CREATE TABLE {table.Name} ({table.Columns})");
            Insert(connection, transaction, table, cancellationToken);
        }
        Plant(connection, transaction, PlantedInto.Both);
        transaction.Commit();
    }

    private static void PlantNew(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = Open(path);
        using var transaction = connection.BeginTransaction();
        Plant(connection, transaction, PlantedInto.New);
        transaction.Commit();
    }

    private static void Plant(DbConnection connection, DbTransaction transaction, PlantedInto into)
    {
        foreach (var planting in PlantedDefects.Plantings.Where(planting => planting.Into == into))
            Execute(connection, transaction, planting.Sql);
    }

    private static void Insert(DbConnection connection, DbTransaction transaction, DemoTable table, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        foreach (var row in table.Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (command.Parameters.Count == 0)
                Prepare(command, table, row.Length);
            for (var i = 0; i < row.Length; i++)
                command.Parameters[i].Value = row[i];
            command.ExecuteNonQuery();
        }
    }

    private static void Prepare(DbCommand command, DemoTable table, int columnCount)
    {
        for (var i = 0; i < columnCount; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"$v{i}");
            command.Parameters.Add(parameter);
        }
        command.CommandText = $"INSERT INTO {table.Name} VALUES ({string.Join(", ", command.Parameters.Cast<DbParameter>().Select(p => p.ParameterName))})";
    }

    private static DbConnection Open(string path)
    {
        var connection = Sqlite.CreateStoreConnection("demo", new StoreAddress(DemoFiles.ConnectionString(path), Environment.CurrentDirectory, LockTimeoutSeconds: 30));
        connection.Open();
        // An unfinished file is thrown away, so nothing is lost by not waiting for the disk.
        Execute(connection, null, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF");
        return connection;
    }

    private static void Execute(DbConnection connection, DbTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Replace(string path, string finished)
    {
        // A journal that belonged to the earlier file would be played back into the new one.
        foreach (var suffix in (string[])["-journal", "-wal", "-shm"])
            File.Delete(path + suffix);
        File.Move(finished, path, overwrite: true);
    }

    // The failure that left the file is the one to report.
    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
