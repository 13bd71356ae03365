namespace Oriel.Engine.Conformance;

// The suite on GTK and WebKitGTK.

[CollectionDefinition(nameof(GtkFixture))]
public sealed class GtkCollection : ICollectionFixture<GtkFixture>;

[Collection(nameof(GtkFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Gtk)]
public sealed class GtkCommandTests(GtkFixture engine) : CommandTests(engine);

[Collection(nameof(GtkFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Gtk)]
public sealed class GtkMessageTests(GtkFixture engine) : MessageTests(engine);

[Collection(nameof(GtkFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Gtk)]
public sealed class GtkEventTests(GtkFixture engine) : EventTests(engine);

[Collection(nameof(GtkFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Gtk)]
public sealed class GtkStreamTests(GtkFixture engine) : StreamTests(engine);

[Collection(nameof(GtkFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Gtk)]
public sealed class GtkNavigationTests(GtkFixture engine) : NavigationTests(engine);

[Collection(nameof(GtkFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Gtk)]
public sealed class GtkProtocolTests(GtkFixture engine) : ProtocolTests(engine);

[Collection(nameof(GtkFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Gtk)]
public sealed class GtkAssetTests(GtkFixture engine) : AssetTests(engine);

[Collection(nameof(GtkFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Gtk)]
public sealed class GtkWindowTests(GtkFixture engine) : WindowTests(engine);

[Collection(nameof(GtkFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Gtk)]
public sealed class GtkDispatcherTests(GtkFixture engine) : DispatcherTests(engine);

[Collection(nameof(GtkFixture))]
[Trait(EngineSelection.Trait, EngineSelection.Gtk)]
public sealed class GtkSharedStateTests(GtkFixture engine) : StateTests(engine);
