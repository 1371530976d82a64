using MigrationGuard.Evidence.Checking;
using MigrationGuard.Evidence.Packs;

namespace MigrationGuard.Tests.Packs;

/// <summary>Packs on a share whose files are others when they are read again.</summary>
public sealed class TwoFacedPackTests : IDisposable
{
    private readonly PackWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Theory]
    [InlineData(PackLayout.Manifest)]
    [InlineData(PackLayout.BagInfo)]
    [InlineData(PackLayout.BagDeclaration)]
    public async Task What_was_understood_is_what_is_hashed(string file)
    {
        var pack = await _workshop.BuildAsync();
        var sealedContent = await File.ReadAllBytesAsync(Path.Combine(pack, file));
        // Another blank, line or digest: understood as it is, and nothing that was sealed.
        byte[] first = file == PackLayout.Manifest ? [.. sealedContent, .. "0"u8.ToArray()] : [.. sealedContent, .. "Label: value\n"u8.ToArray()];

        (await ProblemsAsync(pack, file, first, sealedContent)).ShouldContain(problem => problem.File == file && problem.Problem.Contains("its SHA-512 differs", StringComparison.Ordinal));
        (await ProblemsAsync(pack, file, sealedContent, sealedContent)).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<PackProblem>> ProblemsAsync(string pack, string file, byte[] first, byte[] then)
    {
        var findings = new PackFindings();
        using var contents = new TwoFacedContents(pack, file, first, then, findings);
        await new BagCheck(contents, findings).RunAsync(CancellationToken.None);
        return findings.Problems;
    }

    private sealed class TwoFacedContents : PackContents
    {
        private readonly string _pack;
        private readonly string _file;
        private readonly Queue<byte[]> _faces;

        public TwoFacedContents(string pack, string file, byte[] first, byte[] then, PackFindings findings)
        {
            (_pack, _file, _faces) = (pack, file, new Queue<byte[]>([first, then]));
            List(findings);
        }

        public override int Readers => 1;

        public override Stream Read(string file) => file == _file ? new MemoryStream(_faces.Dequeue()) : File.OpenRead(Path.Combine(_pack, file));

        public override void Dispose() { }

        protected override void List(PackFindings findings)
        {
            foreach (var path in Directory.EnumerateFiles(_pack, "*", SearchOption.AllDirectories))
                TryAdd(Path.GetRelativePath(_pack, path).Replace(Path.DirectorySeparatorChar, '/'), new FileInfo(path).Length, findings);
        }
    }
}
