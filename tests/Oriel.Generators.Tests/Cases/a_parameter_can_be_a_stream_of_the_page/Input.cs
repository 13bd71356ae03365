using System.Threading.Channels;
using Oriel;

public static class Program
{
    public static void AddTo(OrielApp app)
    {
        app.Commands.Map("total", async (IAsyncEnumerable<int> numbers, ChannelReader<string>? names = null) =>
        {
            var total = 0;
            await foreach (var number in numbers)
            {
                total += number;
            }

            return total;
        });
    }
}
