using Microsoft.AspNetCore.Components;
using Oriel.Components.Widgets;

namespace Oriel.Components;

// What interrupts.
public static partial class UI
{
    /// <summary>A window within the page: while it is open, nothing else can be used.</summary>
    /// <param name="title">What it is about.</param>
    /// <param name="views">What is inside.</param>
    public static View<Modal> Modal(string title, params View?[] views) => Put(new View<Modal>().Content(views), nameof(Widgets.Modal.Title), title);

    /// <summary>Sets what a person can do.</summary>
    public static View<Modal> Actions(this View<Modal> view, params View?[] views) => Put(view, nameof(Widgets.Modal.Actions), (RenderFragment)Group(views));

    /// <summary>Says whether it closes without a decision.</summary>
    public static View<Modal> Dismissible(this View<Modal> view, bool dismissible) => Put(view, nameof(Widgets.Modal.Dismissible), dismissible);

    /// <summary>A question with two answers.</summary>
    /// <param name="title">The question, in a few words.</param>
    /// <param name="views">What follows from each answer.</param>
    public static View<Dialog> Dialog(string title, params View?[] views) => Put(new View<Dialog>().Content(views), nameof(Widgets.Dialog.Title), title);

    /// <summary>Sets what the button says that agrees.</summary>
    public static View<Dialog> ConfirmText(this View<Dialog> view, string confirmText) => Put(view, nameof(Widgets.Dialog.ConfirmText), confirmText);

    /// <summary>Sets what the button says that does not; none when null.</summary>
    public static View<Dialog> CancelText(this View<Dialog> view, string? cancelText) => Put(view, nameof(Widgets.Dialog.CancelText), cancelText);

    /// <summary>Says that agreeing destroys something.</summary>
    public static View<Dialog> Destructive(this View<Dialog> view, bool destructive = true) => Put(view, nameof(Widgets.Dialog.Destructive), destructive);

    /// <summary>Handles agreement.</summary>
    public static View<Dialog> OnConfirm(this View<Dialog> view, Action handler) => Put(view, nameof(Widgets.Dialog.OnConfirm), Callback(handler));

    /// <summary>Handles agreement by an asynchronous function.</summary>
    public static View<Dialog> OnConfirm(this View<Dialog> view, Func<Task> handler) => Put(view, nameof(Widgets.Dialog.OnConfirm), Callback(handler));

    /// <summary>Handles disagreement.</summary>
    public static View<Dialog> OnCancel(this View<Dialog> view, Action handler) => Put(view, nameof(Widgets.Dialog.OnCancel), Callback(handler));
}
