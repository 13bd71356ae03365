using System.Globalization;
using Oriel.Bench.Generators;

// Prints one line of JSON: the medians of how long the generators take over a project of so many commands.
if (args.Length != 3)
{
    Console.Error.WriteLine("usage: Oriel.Bench.Generators COMMANDS FILES ROUNDS");
    return 2;
}

int[] numbers = [.. args.Select(static text => int.Parse(text, CultureInfo.InvariantCulture))];
Console.WriteLine(new Measurement(new Project(numbers[0], numbers[1])).Run(numbers[2]));
return 0;
