namespace Oriel.Engine.Conformance;

// The suite on the headless engine: with streamed responses, and with posts.

[CollectionDefinition(nameof(HeadlessFixture))]
public sealed class HeadlessCollection : ICollectionFixture<HeadlessFixture>;

[CollectionDefinition(nameof(PostedHeadlessFixture))]
public sealed class PostedHeadlessCollection : ICollectionFixture<PostedHeadlessFixture>;

[Collection(nameof(HeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class HeadlessCommandTests(HeadlessFixture engine) : CommandTests(engine);

[Collection(nameof(HeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class HeadlessMessageTests(HeadlessFixture engine) : MessageTests(engine);

[Collection(nameof(HeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class HeadlessEventTests(HeadlessFixture engine) : EventTests(engine);

[Collection(nameof(HeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class HeadlessStreamTests(HeadlessFixture engine) : StreamTests(engine);

[Collection(nameof(HeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class HeadlessNavigationTests(HeadlessFixture engine) : NavigationTests(engine);

[Collection(nameof(HeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class HeadlessProtocolTests(HeadlessFixture engine) : ProtocolTests(engine);

[Collection(nameof(HeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class HeadlessAssetTests(HeadlessFixture engine) : AssetTests(engine);

[Collection(nameof(HeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class HeadlessWindowTests(HeadlessFixture engine) : WindowTests(engine);

[Collection(nameof(HeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class HeadlessDispatcherTests(HeadlessFixture engine) : DispatcherTests(engine);

[Collection(nameof(PostedHeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class PostedHeadlessCommandTests(PostedHeadlessFixture engine) : CommandTests(engine);

[Collection(nameof(PostedHeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class PostedHeadlessMessageTests(PostedHeadlessFixture engine) : MessageTests(engine);

[Collection(nameof(PostedHeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class PostedHeadlessEventTests(PostedHeadlessFixture engine) : EventTests(engine);

[Collection(nameof(PostedHeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class PostedHeadlessStreamTests(PostedHeadlessFixture engine) : StreamTests(engine);

[Collection(nameof(PostedHeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class PostedHeadlessNavigationTests(PostedHeadlessFixture engine) : NavigationTests(engine);

[Collection(nameof(PostedHeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class PostedHeadlessProtocolTests(PostedHeadlessFixture engine) : ProtocolTests(engine);

[Collection(nameof(PostedHeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class PostedHeadlessAssetTests(PostedHeadlessFixture engine) : AssetTests(engine);

[Collection(nameof(PostedHeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class PostedHeadlessWindowTests(PostedHeadlessFixture engine) : WindowTests(engine);

[Collection(nameof(PostedHeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class PostedHeadlessDispatcherTests(PostedHeadlessFixture engine) : DispatcherTests(engine);

[Collection(nameof(HeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class HeadlessSharedStateTests(HeadlessFixture engine) : StateTests(engine);

[Collection(nameof(PostedHeadlessFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Headless)]
public sealed class PostedHeadlessSharedStateTests(PostedHeadlessFixture engine) : StateTests(engine);
