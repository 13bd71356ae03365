namespace Oriel.Build.Tests;

public sealed class ManifestReaderTests : IDisposable
{
    private const string Manifest = """{"version":1,"commands":[{"name":"größe","kind":"call","result":"number"}]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_manifest_of_an_assembly_is_read()
    {
        Assert.Equal(Manifest, ManifestReader.Read(AssemblyFile.Write(_folder, Manifest)));
    }

    [Fact]
    public void An_attribute_of_that_name_elsewhere_is_none()
    {
        Assert.Null(ManifestReader.Read(AssemblyFile.Write<Elsewhere.BridgeManifestAttribute>(_folder, Manifest)));
    }

    [Fact]
    public void The_assembly_is_not_locked_by_having_been_read()
    {
        var path = AssemblyFile.Write(_folder, Manifest);

        ManifestReader.Read(path);

        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(file.CanWrite);
    }

    [Fact]
    public void Two_manifests_are_refused()
    {
        var path = AssemblyFile.Write(_folder, Manifest, Manifest);

        Assert.Contains("more than one", Assert.Throws<ManifestException>(() => ManifestReader.Read(path)).Message);
    }

    [Fact]
    public void A_manifest_that_is_null_is_refused()
    {
        var path = AssemblyFile.Write(_folder, [null]);

        Assert.Contains("not a text", Assert.Throws<ManifestException>(() => ManifestReader.Read(path)).Message);
    }

    [Fact]
    public void A_manifest_that_is_too_large_is_refused()
    {
        var path = AssemblyFile.Write(_folder, new string('x', ManifestLimits.Characters + 1));

        Assert.Contains("characters", Assert.Throws<ManifestException>(() => ManifestReader.Read(path)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MZ")]
    [InlineData("not an assembly, but long enough that it could be one: not an assembly, but long enough that it could be one")]
    public void What_is_no_assembly_is_refused_with_its_path(string text)
    {
        var path = _folder.Write("App.dll", text);

        Assert.Contains(path, Assert.Throws<ManifestException>(() => ManifestReader.Read(path)).Message);
    }

    [Fact]
    public void A_file_that_is_missing_is_refused_with_its_path()
    {
        Assert.Contains("gone.dll", Assert.Throws<ManifestException>(() => ManifestReader.Read(_folder.PathOf("gone.dll"))).Message);
    }

    [Fact]
    public void An_assembly_that_is_cut_off_anywhere_is_refused_or_read()
    {
        var whole = File.ReadAllBytes(AssemblyFile.Write(_folder, Manifest));

        for (var length = 0; length < whole.Length; length += 7)
        {
            ReadDamaged(whole[..length]);
        }
    }

    [Fact]
    public void An_assembly_with_any_byte_damaged_is_refused_or_read()
    {
        var whole = File.ReadAllBytes(AssemblyFile.Write(_folder, Manifest));

        for (var position = 0; position < whole.Length; position += 3)
        {
            foreach (var value in new byte[] { 0x00, 0xff, (byte)(whole[position] ^ 0x80) })
            {
                var damaged = (byte[])whole.Clone();
                damaged[position] = value;
                ReadDamaged(damaged);
            }
        }
    }

    // Any other exception than the one that says what is wrong fails the test.
    private void ReadDamaged(byte[] bytes)
    {
        var path = _folder.PathOf("Damaged.dll");
        File.WriteAllBytes(path, bytes);
        try
        {
            ManifestReader.Read(path);
        }
        catch (ManifestException exception)
        {
            Assert.Contains(path, exception.Message);
        }
    }
}
