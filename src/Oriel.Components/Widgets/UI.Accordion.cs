using Oriel.Components.Widgets;

namespace Oriel.Components;

// Sections.
public static partial class UI
{
    /// <summary>Sections that open and close.</summary>
    public static View<Accordion> Accordion(params View<AccordionItem>[] items) => new View<Accordion>().Content([.. items]);

    /// <summary>A section that opens and closes.</summary>
    public static View<AccordionItem> AccordionItem(string title, params View?[] views) => Put(new View<AccordionItem>().Content(views), nameof(Widgets.AccordionItem.Title), title);

    /// <summary>Closes one when another opens.</summary>
    public static View<Accordion> OneAtATime(this View<Accordion> view, bool oneAtATime = true) => Put(view, nameof(Widgets.Accordion.OneAtATime), oneAtATime);

    /// <summary>Opens it at first.</summary>
    public static View<AccordionItem> InitiallyOpen(this View<AccordionItem> view, bool initiallyOpen = true) => Put(view, nameof(Widgets.AccordionItem.InitiallyOpen), initiallyOpen);
}
