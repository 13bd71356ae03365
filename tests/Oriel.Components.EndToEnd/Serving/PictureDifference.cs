using Gallery.EndToEnd;

namespace Oriel.Components.EndToEnd.Serving;

/// <summary>Compares pictures as a person does: a letter whose edge is softer, or that is a pixel further, is the same.</summary>
internal static class PictureDifference
{
    // Of 255, in the channel that differs most: a border that has gone is more, antialiasing beside its neighbours is less.
    private const int Distance = 40;

    /// <summary>The share of pixels of which the other picture has no like at the place or next to it; 1 for pictures of different sizes.</summary>
    public static double Share(Picture expected, Picture actual)
    {
        if (expected.Width != actual.Width || expected.Height != actual.Height)
        {
            return 1;
        }

        var differing = 0;
        for (var y = 0; y < expected.Height; y++)
        {
            for (var x = 0; x < expected.Width; x++)
            {
                // Both ways: something thin that is only in one of them has its surroundings in both.
                if (!HasNear(actual, x, y, expected[x, y]) || !HasNear(expected, x, y, actual[x, y]))
                {
                    differing++;
                }
            }
        }

        return (double)differing / (expected.Width * expected.Height);
    }

    private static bool HasNear(Picture picture, int x, int y, int color)
    {
        if (IsNear(picture[x, y], color))
        {
            return true;
        }

        for (var row = Math.Max(y - 1, 0); row <= Math.Min(y + 1, picture.Height - 1); row++)
        {
            for (var column = Math.Max(x - 1, 0); column <= Math.Min(x + 1, picture.Width - 1); column++)
            {
                if (IsNear(picture[column, row], color))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsNear(int one, int other) =>
        Math.Abs((one >> 16) - (other >> 16)) <= Distance && Math.Abs(((one >> 8) & 255) - ((other >> 8) & 255)) <= Distance && Math.Abs((one & 255) - (other & 255)) <= Distance;
}
