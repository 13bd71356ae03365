using System.Text.Json.Nodes;

namespace Oriel.Ipc.Tests;

public sealed class IpcChannelFactoryTests
{
    [Theory]
    [InlineData(IpcMode.Thread)]
    [InlineData(IpcMode.Stdio, "ORIEL_IPC_MODE=legacy")]
    [InlineData(IpcMode.Stdio, "AURORAVIEW_IPC_MODE=legacy")]
    [InlineData(IpcMode.LocalSocket, "ORIEL_IPC_CHANNEL=/tmp/a.sock")]
    [InlineData(IpcMode.LocalSocket, "AURORAVIEW_IPC_CHANNEL=name")]
    [InlineData(IpcMode.LocalSocket, "AURORAVIEW_IPC_MODE=channel", "AURORAVIEW_IPC_CHANNEL=name")]
    [InlineData(IpcMode.LocalSocket, "ORIEL_IPC_CHANNEL=/tmp/a.sock", "AURORAVIEW_IPC_MODE=legacy")]
    [InlineData(IpcMode.Stdio, "ORIEL_IPC_MODE=legacy", "AURORAVIEW_IPC_CHANNEL=name")]
    [InlineData(IpcMode.Stdio, "ORIEL_IPC_MODE=legacy", "ORIEL_IPC_CHANNEL=/tmp/a.sock")]
    public void The_environment_says_what_carries_the_messages_and_ours_goes_first(IpcMode expected, params string[] variables) =>
        Assert.Equal(expected, IpcChannelFactory.DetectMode(Environment(variables)));

    [Theory]
    [InlineData("ORIEL_IPC_CHANNEL", "")]
    [InlineData("ORIEL_IPC_CHANNEL", "/tmp/a\nb.sock")]
    [InlineData("ORIEL_IPC_CHANNEL", "/tmp/a\0b.sock")]
    [InlineData("ORIEL_IPC_CHANNEL", "folder/a.sock")]
    [InlineData("ORIEL_IPC_CHANNEL", "../a.sock")]
    [InlineData("AURORAVIEW_IPC_CHANNEL", "")]
    [InlineData("AURORAVIEW_IPC_CHANNEL", "a/../../b")]
    [InlineData("AURORAVIEW_IPC_CHANNEL", "a\n")]
    [InlineData("ORIEL_IPC_MODE", "")]
    [InlineData("ORIEL_IPC_MODE", "Legacy")]
    [InlineData("AURORAVIEW_IPC_MODE", "shm")]
    public async Task A_variable_that_names_nothing_usable_is_named_by_the_error(string variable, string value)
    {
        var environment = Environment($"{variable}={value}");

        var detected = Assert.Throws<IpcException>(() => IpcChannelFactory.DetectMode(environment));
        var connected = await Assert.ThrowsAsync<IpcException>(() => IpcChannelFactory.ConnectAsync(environment));

        Assert.Equal(IpcErrorCode.InvalidParams, detected.Code);
        Assert.Equal(detected.Message, connected.Message);
        Assert.StartsWith($"{variable} is ", detected.Message);
        Assert.DoesNotContain('\n', detected.Message);
        Assert.DoesNotContain('\0', detected.Message);
    }

    [Theory]
    [InlineData("ORIEL_IPC_CHANNEL", "/")]
    [InlineData("AURORAVIEW_IPC_CHANNEL", "a")]
    public void A_value_that_is_too_long_is_refused_in_a_few_words(string variable, string start)
    {
        var refused = Assert.Throws<IpcException>(() => IpcChannelFactory.DetectMode(Environment($"{variable}={start}{new string('x', 100_000)}")));

        Assert.Contains("100,001 characters", refused.Message);
        Assert.InRange(refused.Message.Length, 1, 1_000);
    }

    public static TheoryData<string> SharedEnvironments => [.. SharedCases.Of("environment.json").Select(static item => item.ToJsonString())];

    [Theory]
    [MemberData(nameof(SharedEnvironments))]
    public void The_environment_means_the_same_in_every_language(string item)
    {
        var json = JsonNode.Parse(item)!;
        var variables = json["environment"]!.AsObject();
        string? Read(string variable) => (string?)variables[variable];

        if ((string?)json["refused"] is { } refused)
        {
            Assert.StartsWith($"{refused} is ", Assert.Throws<IpcException>(() => IpcChannelFactory.DetectMode(Read)).Message);
            return;
        }

        var (mode, address) = IpcChannelFactory.Detect(Read);
        var carries = mode switch
        {
            IpcMode.Thread => "nothing",
            IpcMode.Stdio => "stdio",
            _ => "socket",
        };
        Assert.Equal((string?)json["carries"], carries);
        Assert.Equal((string?)json["path"] ?? address?.Path, address?.Path);
    }

    [Fact]
    public async Task Connecting_where_nothing_is_named_says_what_to_set()
    {
        var refused = await Assert.ThrowsAsync<IpcException>(() => IpcChannelFactory.ConnectAsync(Environment()));

        Assert.Equal(IpcErrorCode.InvalidParams, refused.Code);
        Assert.Contains(IpcChannelFactory.ChannelVariable, refused.Message);
    }

    [Fact]
    public async Task The_channel_that_the_environment_names_is_connected()
    {
        var address = LocalSocketAddress.CreateUnique("test");
        await using var listener = LocalSocketListener.Listen(address);
        var alias = listener.AddAuroraViewAlias();

        await using var ours = await IpcChannelFactory.ConnectAsync(Environment($"ORIEL_IPC_CHANNEL={address.Path}"));
        await using var theirs = await IpcChannelFactory.ConnectAsync(Environment($"AURORAVIEW_IPC_CHANNEL={alias}"));
        await using var first = await listener.AcceptAsync().InTime();
        await using var second = await listener.AcceptAsync().InTime();
        await ours.EmitAsync("hello", default);
        await theirs.EmitAsync("hello", default);

        Assert.Equal("hello", (await first.ReceiveAsync().AsTask().InTime())?.Name);
        Assert.Equal("hello", (await second.ReceiveAsync().AsTask().InTime())?.Name);
    }

    private static Func<string, string?> Environment(params string[] variables)
    {
        var values = variables.ToDictionary(static variable => variable[..variable.IndexOf('=')], static variable => variable[(variable.IndexOf('=') + 1)..]);
        return values.GetValueOrDefault;
    }
}
