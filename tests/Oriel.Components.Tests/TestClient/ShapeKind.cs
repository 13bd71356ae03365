namespace Oriel.Components.Tests.TestClient;

internal enum ShapeKind
{
    Element,
    Input,
    Text,
    Markup,
    Region,
    Component,
}
