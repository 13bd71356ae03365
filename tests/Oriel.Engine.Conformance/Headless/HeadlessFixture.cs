using Oriel.Engines;
using Oriel.Testing;

namespace Oriel.Engine.Conformance;

/// <summary>The headless engine.</summary>
public sealed class HeadlessFixture : EngineFixture
{
    protected override IEngine CreateEngine() => new HeadlessEngine();

    protected override IPageDriver Drive(Window window) => new HeadlessDriver(Host, window);
}

/// <summary>The headless engine without streamed responses, so that messages go down in posts.</summary>
public sealed class PostedHeadlessFixture : EngineFixture
{
    protected override IEngine CreateEngine() => new HeadlessEngine(new HeadlessEngineOptions { StreamedResponses = false });

    protected override IPageDriver Drive(Window window) => new HeadlessDriver(Host, window);
}
