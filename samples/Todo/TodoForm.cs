using System.ComponentModel.DataAnnotations;

namespace TodoSample;

/// <summary>What a person enters of an item.</summary>
public sealed class TodoForm
{
    [Required(ErrorMessage = "Say what is to be done.")]
    [StringLength(120, ErrorMessage = "A title has at most 120 characters.")]
    public string Title { get; set; } = "";

    [StringLength(2_000, ErrorMessage = "Notes have at most 2,000 characters.")]
    public string Notes { get; set; } = "";

    public DateOnly? Due { get; set; }

    public bool IsDone { get; set; }
}
