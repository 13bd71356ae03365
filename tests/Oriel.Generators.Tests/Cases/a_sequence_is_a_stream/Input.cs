using System.Threading.Channels;
using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("sequence", (int to) => Count(to));
        app.Commands.Map("channel", ChannelReader<string> () => Channel.CreateUnbounded<string>().Reader);
        app.Commands.Map("sequenceLater", async (int to) =>
        {
            await Task.Yield();
            return Count(to);
        });
        app.Commands.Map("channelLater", ValueTask<ChannelReader<string>> () => ValueTask.FromResult(Channel.CreateUnbounded<string>().Reader));

        static async IAsyncEnumerable<int> Count(int to)
        {
            for (var i = 0; i < to; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }
    }
}
