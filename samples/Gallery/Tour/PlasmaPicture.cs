using Gallery.Files;

namespace Gallery.Tour;

/// <summary>Paints pictures of waves that lie over each other.</summary>
internal static class PlasmaPicture
{
    private const int Width = 480;
    private const int Height = 180;

    /// <summary>Paints a picture, as PNG.</summary>
    /// <param name="seed">Which one.</param>
    public static byte[] Paint(int seed)
    {
        var random = new Random(seed);
        var waves = new (double X, double Y, double Phase)[9];
        for (var i = 0; i < waves.Length; i++)
        {
            waves[i] = ((random.NextDouble() - 0.5) * 0.05, (random.NextDouble() - 0.5) * 0.05, random.NextDouble() * Math.Tau);
        }

        var rgb = new byte[Width * Height * 3];
        for (var pixel = 0; pixel < Width * Height; pixel++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                rgb[(pixel * 3) + channel] = Brightness(waves.AsSpan(channel * 3, 3), pixel % Width, pixel / Width);
            }
        }

        var png = new MemoryStream();
        PngImage.Write(png, Width, Height, rgb);
        return png.ToArray();
    }

    private static byte Brightness(ReadOnlySpan<(double X, double Y, double Phase)> waves, int x, int y)
    {
        var sum = 0.0;
        foreach (var wave in waves)
        {
            sum += Math.Sin((wave.X * x) + (wave.Y * y) + wave.Phase);
        }

        return (byte)(140 + (sum * 38));
    }
}
