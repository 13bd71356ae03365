using System.Diagnostics;
using System.Text;
using Oriel.Processes.Native;

namespace Oriel.Processes.Tests;

/// <summary>Programs in a group of their own, by whichever way the system has to make one.</summary>
public sealed class GuardedProcessTests
{
    public static TheoryData<string> Ways { get; } = ["setsid", "perl"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_process_number_and_the_exit_code_are_the_programs_own(string way)
    {
        await using var process = Start(way, "sh", "-c", "echo $$; exit 7");
        var output = await ReadAsync(process.Output);

        Assert.Equal(7, await process.Exited.InTime());
        Assert.Equal($"{process.Id}\n", output);
    }

    [Fact]
    public async Task Arguments_reach_the_program_letter_by_letter()
    {
        string[] arguments = ["a b", "$HOME", "`id`", "';exit 1;'", "\"", "", "-n", "*", "é\n"];
        await using var process = Start("setsid", ["printf", "[%s]", .. arguments]);

        Assert.Equal(string.Concat(arguments.Select(static argument => $"[{argument}]")), await ReadAsync(process.Output));
    }

    [Fact]
    public async Task Standard_input_is_empty()
    {
        await using var process = Start("setsid", "cat");

        Assert.Equal(0, await process.Exited.InTime());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Standard_input_is_the_programs_own_when_it_takes_it(string way)
    {
        await using var process = StartTakingInput(way, "cat");
        await process.Input.WriteAsync("a\nb"u8.ToArray());
        await process.Input.DisposeAsync();

        Assert.Equal("a\nb", await ReadAsync(process.Output));
        Assert.Equal(0, await process.Exited.InTime());
    }

    [Fact]
    public async Task One_that_takes_its_input_is_ended_at_once_whatever_it_was_about_to_be()
    {
        for (var i = 0; i < 20; i++)
        {
            await using var process = StartTakingInput("setsid", "sleep", "600");
            process.Kill();

            Assert.NotEqual(0, await process.Exited.InTime());
            await Soon.UntilAsync(() => Alive.InGroup(process.Id).Count == 0);
        }
    }

    [Fact]
    public async Task The_program_has_no_child_that_it_did_not_start()
    {
        await using var process = Start("setsid", "python3", "-c", "import os\ntry: os.wait()\nexcept ChildProcessError: print('none')");

        Assert.Equal("none\n", await ReadAsync(process.Output));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_the_program_left_running_ends_with_it(string way)
    {
        await using var process = Start(way, "sh", "-c", "sleep 600 >/dev/null 2>&1 & echo $!");
        var child = int.Parse(await ReadAsync(process.Output), null);

        Assert.Equal(0, await process.Exited.InTime());
        await Alive.GoneAsync(child);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Killing_ends_the_program_and_what_it_started(string way)
    {
        await using var process = Start(way, "sh", "-c", "sleep 600 & echo $!; wait");
        var child = await ReadNumberAsync(process.Output);
        process.Kill();

        Assert.Equal(128 + LibC.SIGKILL, await process.Exited.InTime());
        await Alive.GoneAsync(child);
        await Soon.UntilAsync(() => Alive.InGroup(process.Id).Count == 0);
    }

    [Fact]
    public async Task Killing_at_once_ends_the_program_whatever_it_was_about_to_be()
    {
        for (var i = 0; i < 20; i++)
        {
            await using var process = Start("setsid", "sleep", "600");
            process.Kill();

            Assert.NotEqual(0, await process.Exited.InTime());
            await Soon.UntilAsync(() => Alive.InGroup(process.Id).Count == 0);
        }
    }

    [Fact]
    public async Task A_request_to_end_reaches_all_of_them_and_leaves_the_guard()
    {
        await using var process = Start("setsid", "sh", "-c", "trap 'echo asked; exit 5' TERM; echo up; while :; do sleep 600 & wait $!; done");
        using var reader = new StreamReader(process.Output);
        Assert.Equal("up", await reader.ReadLineAsync().InTime());
        process.RequestEnd();

        Assert.Equal("asked", await reader.ReadLineAsync().InTime());
        Assert.Equal(5, await process.Exited.InTime());
    }

    [Fact]
    public async Task What_it_started_is_of_the_group_and_others_are_not()
    {
        await using var process = Start("setsid", "sh", "-c", "sleep 600 & echo $!; wait");
        var child = await ReadNumberAsync(process.Output);
        using var stranger = Process.Start("sleep", ["600"]);
        try
        {
            Assert.True(process.Contains(process.Id));
            Assert.True(process.Contains(child));
            Assert.False(process.Contains(stranger.Id));
            Assert.False(process.Contains(Environment.ProcessId));
            Assert.False(process.Contains(0));
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_process_of_ours_does_not_keep_the_guard_from_seeing_our_end(bool takesInput)
    {
        string[] command = ["sh", "-c", "echo up; sleep 600"];
        await using var process = takesInput ? StartTakingInput("setsid", command) : Start("setsid", command);
        await ReadLineAsync(process.Output);
        using var other = Process.Start("sleep", ["600"]);
        try
        {
            await Soon.UntilAsync(() => Alive.CommandLineOf(other.Id) == "sleep\0600\0");
            var guard = Alive.InGroup(process.Id).Single(static pid => Alive.CommandLineOf(pid).Contains("\0oriel-guard\0", StringComparison.Ordinal));
            var pipe = TargetOf($"/proc/{guard}/fd/3")!;

            Assert.StartsWith("pipe:", pipe, StringComparison.Ordinal);
            Assert.Contains(pipe, OpenIn(Environment.ProcessId));
            Assert.DoesNotContain(pipe, OpenIn(other.Id));
            Assert.DoesNotContain(pipe, OpenIn(process.Id));
        }
        finally
        {
            other.Kill();
        }
    }

    [Fact]
    public void A_program_that_does_not_exist_is_told_before_anything_starts()
    {
        var exception = Assert.Throws<BackendException>(() => GuardedProcess.Start(new ProcessCommand("no-such-program", [])));

        Assert.Contains("\"no-such-program\" in PATH", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_program_is_refused()
    {
        var exception = Assert.Throws<BackendException>(() => GuardedProcess.Start(new ProcessCommand("/etc/passwd", [])));

        Assert.Contains("not executable", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_refused()
    {
        var exception = Assert.Throws<BackendException>(() => GuardedProcess.Start(new ProcessCommand("true", []) { WorkingDirectory = "/no/such/folder" }));

        Assert.Contains("/no/such/folder", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_argument_that_would_be_cut_off_is_refused() =>
        Assert.Throws<BackendException>(() => GuardedProcess.Start(new ProcessCommand("true", ["a\0b"])));

    [Fact]
    public async Task Who_keeps_the_output_open_is_told_that_nobody_reads_it()
    {
        var process = Start("setsid", "sh", "-c", "setsid sh -c 'echo $$; while echo x; do :; done' & wait");
        var writer = await ReadNumberAsync(process.Output);
        try
        {
            await process.DisposeAsync();

            await Alive.GoneAsync(writer);
        }
        finally
        {
            LibC.kill(writer, LibC.SIGKILL);
        }
    }

    [Theory]
    [InlineData("tool")]
    [InlineData("tool.EXE")]
    public void A_program_is_found_by_what_its_name_may_leave_out(string name)
    {
        var folder = Directory.CreateTempSubdirectory("oriel-test-");
        try
        {
            var path = Path.Combine(folder.FullName, "tool.EXE");
            File.CreateSymbolicLink(path, "/bin/sh");
            File.CreateSymbolicLink(Path.Combine(folder.FullName, "tool"), "/bin/sh");

            Assert.Equal(path, ProgramPath.Find(name, "/", $"relative:{folder.FullName}", ".COM;.EXE"));
            Assert.Equal(path, ProgramPath.Find($"./{name}", folder.FullName, null, ".COM;.EXE"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static GuardedProcess Start(string way, params string[] command) => Start(way, new ProcessCommand(command[0], command[1..]));

    private static GuardedProcess StartTakingInput(string way, params string[] command) =>
        Start(way, new ProcessCommand(command[0], command[1..]) { TakesInput = true });

    private static GuardedProcess Start(string way, ProcessCommand command) =>
        GuardedProcess.Start(command, new UnixSession(way == "perl" ? UnixSession.Perl : UnixSession.Setsid));

    private static async Task<string> ReadAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync().InTime();
    }

    private static async Task<int> ReadNumberAsync(Stream stream) => int.Parse(await ReadLineAsync(stream), null);

    private static async Task<string> ReadLineAsync(Stream stream)
    {
        var reader = new StreamReader(stream, Encoding.UTF8);
        return (await reader.ReadLineAsync().InTime())!;
    }

    private static IEnumerable<string?> OpenIn(int pid) => Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Select(TargetOf);

    private static string? TargetOf(string link)
    {
        try
        {
            return Path.GetFileName(File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName);
        }
        catch (IOException)
        {
            // It was closed meanwhile.
            return null;
        }
    }
}
