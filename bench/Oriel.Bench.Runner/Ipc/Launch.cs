namespace Oriel.Bench.Runner;

/// <summary>A command; <c>{path}</c>, <c>{warmup}</c>, <c>{seconds}</c> and <c>{tasks}</c> stand for what a run sets.</summary>
internal sealed record Launch(string File, params string[] Arguments);
