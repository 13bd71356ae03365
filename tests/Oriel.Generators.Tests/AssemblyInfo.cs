using System.Runtime.CompilerServices;

// What the tests generate for the samples is compiled into an assembly of this name.
[assembly: InternalsVisibleTo("Samples.Generated")]
