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

    [Theory]
    [InlineData(PackLayout.Segment)]
    [InlineData(PackLayout.Payloads)]
    [InlineData(PackLayout.Claims)]
    public async Task What_is_followed_line_by_line_is_digested_in_that_one_reading(string file)
    {
        var pack = await _workshop.BuildAsync();
        var sealedContent = await File.ReadAllBytesAsync(Path.Combine(pack, file));
        // Its last line left out: understood without a problem, were it not for its digest.
        var shortened = sealedContent[..(sealedContent.AsSpan()[..^1].LastIndexOf((byte)'\n') + 1)];

        (await AllProblemsAsync(shortened)).ShouldContain(problem => problem.File == file && problem.Problem.Contains("its SHA-512 differs", StringComparison.Ordinal));
        (await AllProblemsAsync(sealedContent)).ShouldBeEmpty();

        async Task<IReadOnlyList<PackProblem>> AllProblemsAsync(byte[] only)
        {
            var findings = new PackFindings();
            using var contents = new TwoFacedContents(pack, file, [only], findings);
            await PackVerification.LookAsync(contents, _workshop.Trust, TimeProvider.System, new PackReport(pack), findings, CancellationToken.None);
            return findings.Problems;
        }
    }

    private static async Task<IReadOnlyList<PackProblem>> ProblemsAsync(string pack, string file, byte[] first, byte[] then)
    {
        var findings = new PackFindings();
        using var contents = new TwoFacedContents(pack, file, [first, then], findings);
        await new BagCheck(contents, findings).RunAsync(CancellationToken.None);
        return findings.Problems;
    }

    private sealed class TwoFacedContents : PackContents
    {
        private readonly string _pack;
        private readonly string _file;
        private readonly Queue<byte[]> _faces;

        public TwoFacedContents(string pack, string file, IEnumerable<byte[]> faces, PackFindings findings)
        {
            (_pack, _file, _faces) = (pack, file, new Queue<byte[]>(faces));
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
