namespace Oriel
{
    /// <summary>Stands for the attribute of Oriel.Core: the task knows it by its name.</summary>
    [AttributeUsage(AttributeTargets.Assembly)]
    public sealed class BridgeManifestAttribute(string json) : Attribute
    {
        public string Json { get; } = json;
    }
}

namespace Oriel.Build.Tests.Elsewhere
{
    /// <summary>Another attribute of that name.</summary>
    [AttributeUsage(AttributeTargets.Assembly)]
    public sealed class BridgeManifestAttribute(string json) : Attribute
    {
        public string Json { get; } = json;
    }
}
