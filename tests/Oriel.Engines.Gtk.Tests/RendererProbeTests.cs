namespace Oriel.Engines.Gtk.Tests;

/// <summary>Which renderer WebKit is given on which machine.</summary>
public sealed class RendererProbeTests
{
    private const string NoDmabuf = "WEBKIT_DISABLE_DMABUF_RENDERER";
    private const string NoExplicitSync = "__NV_DISABLE_EXPLICIT_SYNC";

    [Theory]
    [InlineData(false, false, false, NoDmabuf)]
    [InlineData(false, false, true, NoDmabuf)]
    [InlineData(false, true, false, NoDmabuf)]
    [InlineData(false, true, true, NoDmabuf)]
    [InlineData(true, false, false, null)]
    [InlineData(true, false, true, null)]
    [InlineData(true, true, false, NoDmabuf)]
    [InlineData(true, true, true, NoExplicitSync)]
    public void The_renderer_fits_the_machine(bool hasGpu, bool hasNvidia, bool isWayland, string? expected) =>
        Assert.Equal(expected, Choose(new RendererProbe.Machine(hasGpu, hasNvidia, isWayland)));

    [Theory]
    [InlineData("LIBGL_ALWAYS_SOFTWARE", "1", NoDmabuf)]
    [InlineData("LIBGL_ALWAYS_SOFTWARE", "true", NoDmabuf)]
    [InlineData("LIBGL_ALWAYS_SOFTWARE", "0", null)]
    public void Software_rendering_that_the_user_wants_counts_as_no_gpu(string name, string value, string? expected) =>
        Assert.Equal(expected, Choose(new RendererProbe.Machine(HasGpu: true, HasNvidia: false, IsWayland: false), (name, value)));

    [Theory]
    [InlineData("WEBKIT_DISABLE_DMABUF_RENDERER", "0")]
    [InlineData("WEBKIT_DISABLE_DMABUF_RENDERER", "")]
    [InlineData("WEBKIT_DISABLE_COMPOSITING_MODE", "1")]
    [InlineData("WEBKIT_FORCE_COMPOSITING_MODE", "1")]
    [InlineData("WEBKIT_DMABUF_RENDERER_FORCE_SHM", "1")]
    [InlineData("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1")]
    [InlineData("__NV_DISABLE_EXPLICIT_SYNC", "0")]
    public void A_setting_that_the_user_made_wins(string name, string value)
    {
        foreach (var machine in (RendererProbe.Machine[])[new(false, false, false), new(true, true, false), new(true, true, true)])
        {
            Assert.Null(Choose(machine, (name, value)));
        }
    }

    [Fact]
    public async Task The_setting_reaches_webkit_and_what_the_user_set_stays()
    {
        Assert.Equal("1\n", (await Child.RunAsync("renderer", ("LIBGL_ALWAYS_SOFTWARE", "1"))).Output);
        Assert.Equal("0\n", (await Child.RunAsync("renderer", ("WEBKIT_DISABLE_DMABUF_RENDERER", "0"))).Output);
    }

    private static string? Choose(RendererProbe.Machine machine, params (string Name, string Value)[] environment) =>
        RendererProbe.Choose(machine, name => environment.FirstOrDefault(setting => setting.Name == name).Value);
}
