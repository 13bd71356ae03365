using Gallery.Monitor;

namespace Oriel.Gallery.Tests;

public sealed class ProcessTests : IDisposable
{
    private readonly Machine _machine = new();
    private readonly ManualTime _time = new();
    private readonly ProcessReader _reader;

    public ProcessTests()
    {
        _machine.Write("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nada:x:1000:1000:Ada:/home/ada:/bin/sh\nada2:x:1000:1000::/:/bin/sh\n");
        _reader = new ProcessReader(_machine.Paths, _time, new UserNames(_machine.Paths));
    }

    [Fact]
    public void A_process_is_read_with_its_user_and_command()
    {
        _machine.WriteProcess(42, name: "make", state: 'R', user: 1000, command: "make\0-j\0all\0");

        var process = Single();

        var expected = new ProcessSample(
            42, 1, "make", "ada", ProcessState.Running, 0, 10 * Environment.SystemPageSize, 3, "make -j all");
        Assert.Equal(expected, process);
    }

    [Theory]
    [InlineData("a b c")]
    [InlineData(":-) R 1 1")]
    [InlineData("((")]
    [InlineData("")]
    [InlineData("naïve")]
    public void A_name_may_hold_anything(string name)
    {
        _machine.WriteProcess(42, name, state: 'Z');

        var process = Single();

        Assert.Equal((name, ProcessState.Zombie, 3), (process.Name, process.State, process.Threads));
    }

    [Fact]
    public void A_process_without_a_command_line_is_shown_by_its_name_in_brackets()
    {
        _machine.WriteProcess(42, name: "kworker/0:1", state: 'I', command: "");

        Assert.Equal("[kworker/0:1]", Single().Command);
    }

    [Fact]
    public void A_user_without_an_entry_is_shown_by_number()
    {
        _machine.WriteProcess(42, user: 4711);

        Assert.Equal("4711", Single().User);
    }

    [Fact]
    public void Load_is_the_number_of_cores_kept_busy()
    {
        _machine.WriteProcess(42, cpuTicks: 1000);
        _reader.Read();

        _time.Advance(seconds: 2);
        _machine.WriteProcess(42, cpuTicks: 1300);

        Assert.Equal(1.5, Single().Cpu);
    }

    [Fact]
    public void A_process_that_began_since_the_list_before_shows_all_of_its_load()
    {
        _reader.Read();

        _time.Advance(seconds: 1);
        _machine.WriteProcess(42, cpuTicks: 30);

        Assert.Equal(0.3, Single().Cpu);
    }

    [Fact]
    public void A_number_that_is_used_again_is_another_process()
    {
        _machine.WriteProcess(42, name: "old", cpuTicks: 1000, startTicks: 100, user: 0, command: "old\0");
        _reader.Read();

        _time.Advance(seconds: 1);
        _machine.WriteProcess(42, name: "old", cpuTicks: 50, startTicks: 900, user: 1000, command: "new\0");
        var process = Single();

        Assert.Equal(("ada", "new", 0.5), (process.User, process.Command, process.Cpu));
    }

    [Fact]
    public void A_process_that_runs_another_program_shows_that_program()
    {
        _machine.WriteProcess(42, name: "sh", command: "sh\0-c\0make\0");
        _reader.Read();

        _machine.WriteProcess(42, name: "make", command: "make\0");

        Assert.Equal(("make", "make"), (Single().Name, Single().Command));
    }

    [Fact]
    public void A_process_that_changes_its_user_is_noticed_in_time()
    {
        _machine.WriteProcess(42, user: 0);
        _reader.Read();

        _machine.WriteProcess(42, user: 1000);
        var users = Enumerable.Range(0, 32).Select(_ => Single().User).ToList();

        Assert.Equal("ada", users[^1]);
    }

    [Fact]
    public void What_seldom_changes_is_made_once()
    {
        _machine.WriteProcess(41);
        var before = Single();

        var after = Single();

        Assert.Same(before.Name, after.Name);
        Assert.Same(before.Command, after.Command);
    }

    [Fact]
    public void A_process_that_vanishes_between_listing_and_reading_is_left_out()
    {
        _machine.WriteProcess(42);
        Directory.CreateDirectory(_machine.Folder.Join("43"));

        Assert.Equal(42, Single().Pid);
    }

    [Fact]
    public void A_description_that_is_broken_off_is_left_out()
    {
        _machine.WriteProcess(42);
        _machine.Write("43/stat", "43 (worker) S 1 1 1");
        _machine.Write("44/stat", "");

        Assert.Equal(42, Single().Pid);
    }

    [Fact]
    public void A_process_that_ended_is_gone_from_the_next_list()
    {
        _machine.WriteProcess(42);
        _machine.WriteProcess(43);
        _reader.Read();

        _machine.EndProcess(43);

        Assert.Equal(42, Single().Pid);
    }

    [Fact]
    public void Without_a_proc_file_system_there_are_no_processes()
    {
        var paths = new MonitorPaths { Proc = _machine.Folder.Join("nowhere") };

        Assert.Empty(new ProcessReader(paths, _time, new UserNames(paths)).Read().Processes);
    }

    [Fact]
    public void A_user_who_is_not_to_be_known_is_empty()
    {
        _machine.WriteProcess(42);
        File.Delete(_machine.Folder.Join("42/status"));

        Assert.Equal("", Single().User);
    }

    [Fact]
    public void A_long_command_line_is_cut()
    {
        _machine.WriteProcess(42, command: new string('x', 100_000));

        Assert.Equal(512, Single().Command.Length);
    }

    [Fact]
    public void Details_tell_times_and_priorities()
    {
        _machine.Write("stat", "cpu  1 0 0 1\nbtime 1735689600\n");
        _machine.WriteProcess(42, name: "make", cpuTicks: 250, startTicks: 6000, user: 1000);
        _machine.Write("42/fd/0", "");
        _machine.Write("42/fd/1", "");
        File.CreateSymbolicLink(_machine.Folder.Join("42/exe"), "/usr/bin/make (deleted)");
        File.CreateSymbolicLink(_machine.Folder.Join("42/cwd"), "/home/ada");

        var details = Details(42);

        var expected = new ProcessDetails(
            42,
            1,
            "make",
            "ada",
            ProcessState.Sleeping,
            "/usr/bin/worker --fast",
            "/usr/bin/make (deleted)",
            "/home/ada",
            ManualTime.Start.AddMinutes(1),
            Threads: 3,
            Memory: 10 * Environment.SystemPageSize,
            VirtualMemory: 3133440,
            Priority: 20,
            Nice: -5,
            OpenFiles: 2,
            CpuTime: 2.5);
        Assert.Equal(expected, details);
    }

    [Fact]
    public void Details_that_are_forbidden_are_null()
    {
        _machine.WriteProcess(42);

        var details = Details(42);

        Assert.NotNull(details);
        Assert.Equal((null, null, null), (details.Executable, details.Directory, details.OpenFiles));
    }

    [Theory]
    [InlineData(43)]
    [InlineData(0)]
    [InlineData(-1)]
    public void There_are_no_details_of_a_process_that_is_not_there(int pid)
    {
        _machine.WriteProcess(42);

        Assert.Null(Details(pid));
    }

    public void Dispose() => _machine.Dispose();

    private ProcessSample Single() => Assert.Single(_reader.Read().Processes);

    private ProcessDetails? Details(int pid) => new ProcessDetailsReader(_machine.Paths, new UserNames(_machine.Paths)).Read(pid);
}
