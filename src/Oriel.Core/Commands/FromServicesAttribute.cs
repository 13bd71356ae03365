namespace Oriel;

/// <summary>Says that a parameter of a command is one of the application's services, and no argument of the page.</summary>
/// <remarks>A parameter whose type is an interface is a service without it, unless the interface is a collection or a stream.</remarks>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromServicesAttribute : Attribute;
