using System.Numerics;
using Oriel.Components.Widgets;

namespace Oriel.Components;

// Numbers.
public static partial class UI
{
    /// <summary>A number, written in digits.</summary>
    public static View<NumberInput<TNumber>> NumberInput<TNumber>()
        where TNumber : struct, INumber<TNumber> => new();

    /// <summary>Sets the smallest and the largest number that is taken.</summary>
    public static View<NumberInput<TNumber>> Range<TNumber>(this View<NumberInput<TNumber>> view, TNumber min, TNumber max)
        where TNumber : struct, INumber<TNumber> => Put(Put(view, nameof(Widgets.NumberInput<>.Min), min), nameof(Widgets.NumberInput<>.Max), max);

    /// <summary>Sets the distance of the numbers that are offered.</summary>
    public static View<NumberInput<TNumber>> Step<TNumber>(this View<NumberInput<TNumber>> view, TNumber step)
        where TNumber : struct, INumber<TNumber> => Put(view, nameof(Widgets.NumberInput<>.Step), step);
}
