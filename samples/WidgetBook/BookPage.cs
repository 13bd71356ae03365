using Oriel.Components.Widgets;
using WidgetBook.Examples;

namespace WidgetBook;

/// <summary>A page of the book: the widgets that it is about, and its examples.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Widgets">The widgets that its examples show.</param>
/// <param name="Examples">The components whose source is shown beside them.</param>
public sealed record BookPage(string Title, Type[] Widgets, Type[] Examples)
{
    /// <summary>All pages, in their order.</summary>
    public static IReadOnlyList<BookPage> All { get; } =
    [
        new("Button", [typeof(Button)], [typeof(ButtonExample), typeof(ButtonCode)]),
        new("Text", [typeof(Text), typeof(Heading), typeof(Link), typeof(Badge), typeof(Divider)], [typeof(TextExample)]),
        new("Stack", [typeof(HStack), typeof(VStack), typeof(Spacer)], [typeof(StackExample), typeof(StackCode)]),
        new("Grid", [typeof(Grid), typeof(Card), typeof(Div)], [typeof(GridExample)]),
        new("Room", [typeof(Center), typeof(Container), typeof(Scroll)], [typeof(RoomExample)]),
        new("Image", [typeof(Image)], [typeof(ImageExample)]),
        new("Input", [typeof(Input), typeof(TextArea), typeof(NumberInput<>)], [typeof(InputExample), typeof(InputCode)]),
        new("Form", [typeof(Field), typeof(Label)], [typeof(FormExample)]),
        new("Toggle", [typeof(Checkbox), typeof(Switch)], [typeof(ToggleExample)]),
        new("Choice", [typeof(Select<>), typeof(RadioGroup<>)], [typeof(ChoiceExample)]),
        new("Slider", [typeof(Slider)], [typeof(SliderExample)]),
        new("Table", [typeof(Table<>)], [typeof(TableExample)]),
        new("Tabs", [typeof(Tabs), typeof(Tab)], [typeof(TabsExample)]),
        new("Accordion", [typeof(Accordion), typeof(AccordionItem)], [typeof(AccordionExample)]),
        new("Menu", [typeof(MenuBar), typeof(Menu), typeof(MenuItem), typeof(MenuDivider)], [typeof(MenuExample)]),
        new("ContextMenu", [typeof(ContextMenu)], [typeof(ContextMenuExample)]),
        new("Modal", [typeof(Modal), typeof(Dialog)], [typeof(ModalExample), typeof(DialogCode)]),
        new("Toast", [typeof(ToastHost)], [typeof(ToastExample)]),
        new("Tooltip", [typeof(Tooltip)], [typeof(TooltipExample)]),
        new("Progress", [typeof(ProgressBar), typeof(Loader)], [typeof(ProgressExample)]),
        new("Sidebar", [typeof(Sidebar), typeof(SidebarItem)], [typeof(SidebarExample)]),
        new("TitleBar", [typeof(TitleBar)], [typeof(TitleBarExample)]),
    ];

    /// <summary>Where it is.</summary>
    public string Address => "/" + Title.ToLowerInvariant();

    /// <summary>The page at an address's last part, or null.</summary>
    public static BookPage? Find(string name) => All.FirstOrDefault(page => page.Title.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The source of an example: the file that the build made it of.</summary>
    public static (string File, string Text) SourceOf(Type example)
    {
        var assembly = typeof(BookPage).Assembly;
        foreach (var extension in (string[])[".razor", ".cs"])
        {
            if (assembly.GetManifestResourceStream(example.Name + extension) is { } stream)
            {
                using var reader = new StreamReader(stream);
                return (example.Name + extension, reader.ReadToEnd().TrimEnd());
            }
        }

        throw new InvalidOperationException($"The source of {example.Name} is not embedded: it lies in Examples, in a file of its name.");
    }
}
