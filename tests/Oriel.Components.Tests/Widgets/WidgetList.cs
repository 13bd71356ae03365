using Oriel.Components.Widgets;
using static Oriel.Components.UI;

namespace Oriel.Components.Tests.Widgets;

/// <summary>Every widget once, made in C# with a text that would do harm if it were not text.</summary>
internal static class WidgetList
{
    public const string Hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'><svg onload=alert(3)>";

    private static readonly string[] s_options = ["a", Hostile];

    // The type, its view, and a selector of what it shows.
    public static IReadOnlyList<(Type Widget, Func<View> Make, string Selector)> All { get; } =
    [
        (typeof(Div), static () => Div(Hostile), "div.o-div"),
        (typeof(HStack), static () => HStack(Hostile), "div.o-stack.o-row"),
        (typeof(VStack), static () => VStack(Hostile), "div.o-stack.o-column"),
        (typeof(Center), static () => Center(Hostile), "div.o-center"),
        (typeof(Container), static () => Container(Hostile), "div.o-container"),
        (typeof(Scroll), static () => Scroll(Hostile).Label(Hostile), "div.o-scroll[tabindex='0'][role=region]"),
        (typeof(Spacer), static () => Spacer(), "div.o-spacer[aria-hidden=true]"),
        (typeof(Grid), static () => Grid(Hostile).Columns(3), "div.o-grid[style]"),
        (typeof(Text), static () => Text(Hostile), "span.o-text"),
        (typeof(Heading), static () => Heading(Hostile, 3), "h3.o-heading"),
        (typeof(Divider), static () => Divider(), "hr.o-divider"),
        (typeof(Badge), static () => Badge(Hostile), "span.o-badge.o-badge-neutral"),
        (typeof(Card), static () => Card(Hostile).Title(Hostile).Footer(Hostile), "section.o-card[aria-labelledby] > h3.o-card-title[id]"),
        (typeof(Button), static () => Button(Hostile), "button.o-button[type=button]"),
        (typeof(Link), static () => Link(Hostile, "/here?<>\"'"), "a.o-link[href]"),
        (typeof(Image), static () => Image("/picture.png?\"><script>", Hostile), "img.o-image[alt][src]"),
        (typeof(ProgressBar), static () => ProgressBar(3).Max(4).Label(Hostile), "progress.o-progress[value='3'][max='4'][aria-label]"),
        (typeof(Loader), static () => Loader(Hostile), "span.o-loader[role=status]"),
        (typeof(Input), static () => Input(Hostile).Value(Hostile).Label(Hostile), "input.o-input[type=text][value][placeholder][aria-label]"),
        (typeof(TextArea), static () => TextArea(Hostile).Value(Hostile), "textarea.o-textarea[rows='4']"),
        (typeof(NumberInput<>), static () => NumberInput<int>().Value(3).Range(1, 9), "input.o-number[type=number][value='3'][min='1'][max='9']"),
        (typeof(Checkbox), static () => Checkbox(Hostile), "label.o-toggle > input[type=checkbox]:not([checked])"),
        (typeof(Switch), static () => Switch(Hostile).Value(true), "label.o-toggle > input[type=checkbox][role=switch][checked]"),
        (typeof(Slider), static () => Slider(0, 9).Value(4.5).ValueText(static _ => Hostile), "input.o-slider[type=range][min='0'][max='9'][value='4.5'][aria-valuetext]"),
        (typeof(Select<>), static () => Select(s_options).Value("a"), "select.o-select > option[value=a][selected]"),
        (typeof(RadioGroup<>), static () => RadioGroup(s_options).Value(Hostile), "div.o-radios[role=radiogroup] input[type=radio][name][checked]"),
        (typeof(Label), static () => Label(Hostile, "x"), "label.o-label[for=x]"),
        (typeof(Field), static () => Field(Hostile, Input()).Help(Hostile).Error(static () => Hostile), "div.o-field > input[aria-invalid=true][aria-describedby]"),
        (typeof(Table<>), static () => Table([Hostile, "b"], [["1", Hostile]]).Caption(Hostile), "table.o-table > thead th[scope=col]"),
        (typeof(Tabs), static () => Tabs(Tab(Hostile, Hostile), Tab("Second", "two")), "div.o-tabs > div[role=tablist] > button[role=tab][aria-selected=true][tabindex='0']"),
        (typeof(Tab), static () => Tabs(Tab("First", Hostile)), "div[role=tabpanel][aria-labelledby][tabindex='0']"),
        (typeof(Accordion), static () => Accordion(AccordionItem(Hostile, Hostile)).OneAtATime(), "div.o-accordion > details[name]"),
        (typeof(AccordionItem), static () => Accordion(AccordionItem(Hostile, Hostile).InitiallyOpen()), "details[open] > summary"),
        (typeof(Modal), static () => Modal(Hostile, Hostile).Actions(Hostile).Set(nameof(Oriel.Components.Widgets.Modal.Open), true), "dialog.o-modal[aria-modal=true][aria-labelledby] h2[id]"),
        (typeof(Dialog), static () => Dialog(Hostile, Hostile).ConfirmText(Hostile).Set(nameof(Oriel.Components.Widgets.Dialog.Open), true), "dialog.o-dialog[role=alertdialog][aria-describedby] footer button"),
        (typeof(MenuBar), static () => MenuBar(Menu(Hostile), Menu("b")), "div[role=menubar][aria-label] [role=menuitem][tabindex='0'][aria-haspopup=menu]"),
        (typeof(Menu), static () => Menu(Hostile), "button[aria-haspopup=menu][aria-expanded=false]"),
        (typeof(MenuItem), static () => MenuItem(Hostile, Hostile).Checked(true), "button[role=menuitemcheckbox][aria-checked=true][tabindex='-1']"),
        (typeof(MenuDivider), static () => MenuDivider(), "div[role=separator]"),
        (typeof(ContextMenu), static () => ContextMenu(Hostile, MenuItem(Hostile)), "div.o-context[tabindex='0']"),
        (typeof(Sidebar), static () => Sidebar(SidebarItem(Hostile, "/other")).Header(Hostile).Footer(Hostile), "nav.o-sidebar[aria-label] > ul > li > a:not([aria-current])"),
        (typeof(SidebarItem), static () => Sidebar(SidebarItem(Hostile, "/files")), "a.o-sidebar-item[href='/files'][aria-current=page]"),
        (typeof(TitleBar), static () => TitleBar(Hostile, Hostile).OnClose(static () => { }), "header.o-titlebar button[aria-label=Close]"),
        (typeof(ToastHost), static () => ToastHost(), "div.o-toasts[role=region][aria-label]"),
        (typeof(Tooltip), static () => Tooltip(Hostile, Button("b")), "span > button[aria-describedby] + span[role=tooltip][id]"),
    ];
}
