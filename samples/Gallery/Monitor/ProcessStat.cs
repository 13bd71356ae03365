namespace Gallery.Monitor;

/// <summary>The line in which the kernel describes a process (proc_pid_stat(5)).</summary>
internal readonly ref struct ProcessStat
{
    public ReadOnlySpan<byte> Name { get; private init; }

    public ProcessState State { get; private init; }

    public int ParentId { get; private init; }

    /// <summary>User and system time, in ticks of the <see cref="BootClock"/>.</summary>
    public ulong CpuTicks { get; private init; }

    public int Priority { get; private init; }

    public int Nice { get; private init; }

    public int Threads { get; private init; }

    /// <summary>In ticks since the machine started.</summary>
    /// <remarks>With the number it is the identity of a process, since numbers are used again.</remarks>
    public ulong StartTicks { get; private init; }

    public long VirtualMemory { get; private init; }

    public long Memory { get; private init; }

    /// <summary>False when the text is none, or broken off: the process is gone.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ProcessStat stat)
    {
        // pid (name) state ppid ...: the name may hold blanks and parentheses, but nothing after it does.
        var nameStart = text.IndexOf((byte)'(') + 1;
        var nameEnd = text.LastIndexOf((byte)')');
        if (nameStart == 0 || nameEnd < nameStart)
        {
            stat = default;
            return false;
        }

        var fields = new Fields(text[(nameEnd + 1)..]);
        var state = fields.Next();
        var parent = (int)fields.NextSigned();
        fields.Skip(9);
        var cpuTicks = fields.NextNumber() + fields.NextNumber();
        fields.Skip(2);
        var priority = (int)fields.NextSigned();
        var nice = (int)fields.NextSigned();
        var threads = (int)fields.NextSigned();
        fields.Skip(1);
        var startTicks = fields.NextNumber();
        var virtualMemory = (long)fields.NextNumber();
        var pages = fields.Next();

        stat = new ProcessStat
        {
            Name = text[nameStart..nameEnd],
            State = state.IsEmpty ? ProcessState.Unknown : StateOf(state[0]),
            ParentId = parent,
            CpuTicks = cpuTicks,
            Priority = priority,
            Nice = nice,
            Threads = threads,
            StartTicks = startTicks,
            VirtualMemory = virtualMemory,
            Memory = (long)Fields.Number(pages) * Environment.SystemPageSize,
        };

        return !pages.IsEmpty;
    }

    private static ProcessState StateOf(byte letter) => (char)letter switch
    {
        'R' => ProcessState.Running,
        'S' => ProcessState.Sleeping,
        'D' => ProcessState.Waiting,
        'I' => ProcessState.Idle,
        'T' => ProcessState.Stopped,
        't' => ProcessState.Traced,
        'Z' => ProcessState.Zombie,
        'X' or 'x' => ProcessState.Dead,
        _ => ProcessState.Unknown,
    };
}
