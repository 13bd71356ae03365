namespace Oriel.Components;

/// <summary>Makes user interfaces in plain C#. With <c>using static Oriel.Components.UI;</c> they read as what they are.</summary>
public static partial class UI;
