using Oriel.Components.Wire;

namespace Oriel.Components.Rendering;

/// <summary>Writes where the children of an element move as runs: neighbours that stay together, or are reversed, are one.</summary>
internal sealed class Permutation
{
    private readonly List<(int From, int To)> _moves = [];
    private readonly List<Run> _runs = [];

    /// <summary>Adds a move. Both are places in the order before and after all of them.</summary>
    public void Add(int from, int to) => _moves.Add((from, to));

    /// <summary>Writes the moves added since the last time.</summary>
    public void Write(FrameWriter writer)
    {
        _moves.Sort();
        foreach (var (from, to) in _moves)
        {
            if (_runs.Count == 0 || !_runs[^1].TryExtend(from, to, out var run))
            {
                _runs.Add(new(from, 1, to, 1));
            }
            else
            {
                _runs[^1] = run;
            }
        }

        writer.Op(Op.Move);
        writer.Number(_runs.Count);
        foreach (var run in _runs)
        {
            writer.Number(run.From);
            writer.Number(run.To);
            writer.Number(run.Length);
            writer.Number(run.Step);
        }

        _moves.Clear();
        _runs.Clear();
    }

    private readonly record struct Run(int From, int Length, int To, int Step)
    {
        public bool TryExtend(int from, int to, out Run run)
        {
            var step = Length > 1 ? Step : Math.Sign(to - To);
            var length = from - From + 1;
            run = this with { Length = length, Step = step };
            return step != 0 && To + (step * (length - 1)) == to
                && (length == Length + 1 || (length == Length + 2 && StaysAt(from - 1, step)));
        }

        // The middle of what is reversed does not move: no edit tells of it.
        private bool StaysAt(int place, int step) => To + (step * (place - From)) == place;
    }
}
