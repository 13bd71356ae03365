using System.Security.Cryptography;
using Gallery.Tour;

namespace Oriel.Gallery.Tests;

public sealed class TourTests
{
    [Fact]
    public void Primes_come_in_order_with_their_place() =>
        Assert.Equal([new Prime(1, 2), new Prime(2, 3), new Prime(3, 5), new Prime(4, 7), new Prime(5, 11)], Primes.All().Take(5));

    [Fact]
    public void The_ten_thousandth_prime_is_known() => Assert.Equal(new Prime(10_000, 104_729), Primes.All().ElementAt(9_999));

    [Fact]
    public async Task Made_up_bytes_are_as_many_as_were_asked_for_and_the_same_from_any_place()
    {
        using var stream = new MadeUpStream(200_000);
        var whole = new byte[200_000];
        await stream.ReadExactlyAsync(whole, TestContext.Current.CancellationToken);
        Assert.Equal(0, stream.Read(new byte[1]));

        stream.Seek(100_001, SeekOrigin.Begin);
        var part = new byte[50_000];
        stream.ReadExactly(part);

        Assert.Equal(whole[100_001..150_001], part);
    }

    [Fact]
    public async Task An_upload_is_read_to_its_end_and_digested()
    {
        var content = new byte[3_000_000];
        new Random(7).NextBytes(content);
        var reports = new Reports();

        var receipt = await TourCommands.Upload("a.bin", new MemoryStream(content), reports, TestContext.Current.CancellationToken);

        Assert.Equal(content.Length, receipt.Length);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), receipt.Sha256);
        Assert.Equal(content.Length, reports.Values[^1]);
        Assert.Equal(reports.Values.Order(), reports.Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4097)]
    public void An_amount_beyond_its_bounds_is_refused(int megabytes) =>
        Assert.Equal(Ipc.IpcErrorCode.InvalidParams, Assert.Throws<Ipc.IpcException>(() => TourCommands.Download(megabytes)).Code);

    [Fact]
    public void A_picture_is_a_PNG_and_another_seed_is_another_picture()
    {
        var picture = TourCommands.Picture(1);

        Assert.Equal([0x89, 0x50, 0x4E, 0x47], picture.AsSpan(0, 4).ToArray());
        Assert.NotEqual(picture, TourCommands.Picture(2));
    }

    private sealed class Reports : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }
}
