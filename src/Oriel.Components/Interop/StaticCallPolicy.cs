using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace Oriel.Components.Interop;

/// <summary>Decides of which assemblies a page may call static methods with <c>[JSInvokable]</c>.</summary>
/// <remarks>
/// Those that hold components, the framework's own excepted, and those that the application lists. The dispatcher looks among all assemblies that are
/// loaded: without this a page could call into any of them that happens to have such a method.
/// </remarks>
internal sealed class StaticCallPolicy(ComponentsOptions options)
{
    private readonly ConcurrentDictionary<Assembly, bool> _known = new();

    /// <summary>Whether a page may call static methods of the assembly of that name.</summary>
    public bool Allows(string assemblyName)
    {
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (string.Equals(assembly.GetName().Name, assemblyName, StringComparison.OrdinalIgnoreCase) && Allows(assembly))
            {
                return true;
            }
        }

        return false;
    }

    private bool Allows(Assembly assembly) => options.JSInvokableAssemblies.Contains(assembly) || _known.GetOrAdd(assembly, HoldsComponents);

    private static bool HoldsComponents(Assembly assembly)
    {
        var framework = typeof(IComponent).Assembly.GetName().Name!;
        if (assembly.IsDynamic
            || assembly.GetName().Name!.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
            || !assembly.GetReferencedAssemblies().Any(reference => reference.Name == framework))
        {
            return false;
        }

        try
        {
            return assembly.GetTypes().Any(IsComponent);
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.Any(type => type is not null && IsComponent(type));
        }
    }

    private static bool IsComponent(Type type) => type.IsClass && typeof(IComponent).IsAssignableFrom(type);
}
