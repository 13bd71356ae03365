using System.Text;

namespace Gallery.Files;

/// <summary>Writes sound as WAV: one channel of 16-bit samples.</summary>
internal static class WaveFile
{
    public static void Write(Stream output, int sampleRate, ReadOnlySpan<short> samples)
    {
        const short pcm = 1;
        const short channels = 1;
        const short sampleSize = sizeof(short);
        var length = samples.Length * sampleSize;

        // BinaryWriter is little-endian everywhere, as WAV is.
        using var writer = new BinaryWriter(output, Encoding.ASCII, leaveOpen: true);
        writer.Write("RIFF"u8);
        writer.Write(36 + length);
        writer.Write("WAVE"u8);
        writer.Write("fmt "u8);
        writer.Write(16);
        writer.Write(pcm);
        writer.Write(channels);
        writer.Write(sampleRate);
        writer.Write(sampleRate * channels * sampleSize);
        writer.Write((short)(channels * sampleSize));
        writer.Write((short)(sampleSize * 8));
        writer.Write("data"u8);
        writer.Write(length);

        foreach (var sample in samples)
        {
            writer.Write(sample);
        }
    }
}
