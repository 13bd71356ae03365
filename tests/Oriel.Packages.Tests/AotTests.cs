namespace Oriel.Packages.Tests;

public sealed class AotTests
{
    private const long MaxBytes = 8_000_000;

    [Fact]
    public async Task The_sample_that_checks_itself_passes_as_a_NativeAOT_program_of_less_than_8_MB()
    {
        var folder = Directory.CreateTempSubdirectory("oriel-aot-").FullName;
        try
        {
            // Warnings are errors here: each would be something that reflection hides.
            await Command.RunAsync(
                Repository.Root, "dotnet", "publish", "samples/SelfCheck", "-c", "Release", "-f", Repository.AotFramework, "--use-current-runtime",
                "-p:TreatWarningsAsErrors=true", "--artifacts-path", Path.Combine(folder, "build"), "-o", Path.Combine(folder, "app"), "-v", "quiet", "--nologo");

            var program = Path.Combine(folder, "app", "SelfCheck");
            var output = await Command.RunAsync(folder, program);

            Assert.DoesNotContain("FAILED", output);
            Assert.Contains("ok channel", output);
            Assert.Contains("ok second window", output);
            Assert.InRange(new FileInfo(program).Length, 1, MaxBytes);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
