using System.ComponentModel.DataAnnotations;

namespace Oriel.Components.Tests.Conformance;

public sealed class Person
{
    [Required(ErrorMessage = "Who?")]
    [StringLength(5, ErrorMessage = "Too long.")]
    public string? Name { get; set; }

    [Range(1, 150, ErrorMessage = "How old?")]
    public int Age { get; set; }

    public string? About { get; set; }

    public bool IsMember { get; set; }

    public DateOnly Born { get; set; } = new(2000, 1, 1);

    public DayOfWeek Day { get; set; }

    public string Size { get; set; } = "S";
}
