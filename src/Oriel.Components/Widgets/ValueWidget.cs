using System.Linq.Expressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Rendering;

namespace Oriel.Components.Widgets;

/// <summary>A control that holds a value which a person changes: <c>@bind-Value</c> in Razor, <c>Bind(state)</c> in C#.</summary>
/// <remarks>
/// Within an <c>EditForm</c> it tells the form what was changed, and shows whether the form finds it valid. What comes from the page
/// is checked before it becomes the value.
/// </remarks>
/// <typeparam name="TValue">The value.</typeparam>
public abstract class ValueWidget<TValue> : Control, IDisposable
{
    private EditContext? _observed;
    private ValidationMessageStore? _messages;
    private FieldIdentifier? _field;
    private TValue? _known;
    private bool _isRefused;

    /// <summary>The value.</summary>
    [Parameter]
    public TValue? Value { get; set; }

    /// <summary>Told of a new value.</summary>
    [Parameter]
    public EventCallback<TValue> ValueChanged { get; set; }

    /// <summary>What the value is bound to: it tells an <c>EditForm</c> which field this is. <c>@bind-Value</c> sets it.</summary>
    [Parameter]
    public Expression<Func<TValue>>? ValueExpression { get; set; }

    /// <summary>The name for people who cannot see the control, where neither a <see cref="Field"/> nor a <see cref="Label"/> names it.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>Whether it must be filled.</summary>
    [Parameter]
    public bool Required { get; set; }

    [CascadingParameter]
    private EditContext? EditContext { get; set; }

    private protected bool IsInvalid => _isRefused || Context is { IsInvalid: true } || (_field is { } known && EditContext is not null && EditContext.GetValidationMessages(known).Any());

    private protected bool IsRequired => Required || Context is { IsRequired: true };

    private protected string? ControlId => Id ?? Context?.ControlId;

    /// <summary>What a person wrote that was not taken, which the control goes on showing beside what is wrong with it.</summary>
    private protected string? RefusedText { get; private set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        FieldIdentifier? field = ValueExpression is null ? null : FieldIdentifier.Create(ValueExpression);
        if (!Nullable.Equals(field, _field) || !EqualityComparer<TValue>.Default.Equals(_known, Value))
        {
            ForgetRefusal();
        }

        _field = field;
        _known = Value;
        if (_observed == EditContext)
        {
            return;
        }

        StopObserving();
        _observed = EditContext;
        if (_observed is not null)
        {
            _observed.OnValidationStateChanged += OnValidationStateChanged;
            _messages = new ValidationMessageStore(_observed);
        }
    }

    private protected async Task SetValueAsync(TValue value)
    {
        ForgetRefusal();
        if (EqualityComparer<TValue>.Default.Equals(Value, value))
        {
            return;
        }

        Value = _known = value;
        await ValueChanged.InvokeAsync(value);
        if (_field is { } changed)
        {
            EditContext?.NotifyFieldChanged(changed);
        }
    }

    /// <summary>Keeps the value, and says why what a person wrote is not taken.</summary>
    private protected void RefuseValue(string text, string message)
    {
        ForgetRefusal();
        _isRefused = true;
        RefusedText = text;
        if (_field is { } field && _messages is not null)
        {
            _messages.Add(field, message);
            _observed?.NotifyValidationStateChanged();
        }
    }

    private void ForgetRefusal()
    {
        if (!_isRefused)
        {
            return;
        }

        _isRefused = false;
        RefusedText = null;
        _messages?.Clear();
        _observed?.NotifyValidationStateChanged();
    }

    // Takes five sequence numbers besides those of AddCommon and AddControl.
    private protected void AddValueControl(RenderTreeBuilder builder, int sequence)
    {
        if (Id is null && Context?.ControlId is { } id)
        {
            builder.AddAttribute(sequence, "id", id);
        }

        if (Label is not null)
        {
            builder.AddAttribute(sequence + 1, "aria-label", Label);
        }

        if (IsRequired)
        {
            builder.AddAttribute(sequence + 2, "aria-required", "true");
        }

        if (IsInvalid)
        {
            builder.AddAttribute(sequence + 3, "aria-invalid", "true");
        }

        AddControl(builder, sequence + 4);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        StopObserving();
        GC.SuppressFinalize(this);
    }

    private void StopObserving()
    {
        if (_observed is null)
        {
            return;
        }

        _observed.OnValidationStateChanged -= OnValidationStateChanged;
        ForgetRefusal();
        _observed = null;
        _messages = null;
    }

    private void OnValidationStateChanged(object? sender, ValidationStateChangedEventArgs e) => StateHasChanged();
}
