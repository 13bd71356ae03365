namespace Gallery.Files;

/// <summary>A few files of the kinds that the Files page can show.</summary>
public static class SampleFiles
{
    private const string Text = """
        The files of this folder are made by the Gallery when it starts.

        This one is plain text in UTF-8: ä ö ü, Ελληνικά, 日本語, and a sign beyond 16 bits: 𝄞.
        The page fetches at most its first 64 KB, with a Range header, however long the file is.

        """;

    private const string Markdown = """
        # Samples

        | file | shows |
        |---|---|
        | `Gradient.png` | a picture, loaded by the page as `files://local/...` |
        | `Tone.wav` | a sound that the page can seek in, by ranges |
        | `Notes.txt` | text, of which the page fetches the beginning |

        The blank in the name of *this* file is percent-encoded in its address.

        """;

    /// <summary>Writes the files into a folder, which is made when it is missing; files of the same names are replaced.</summary>
    public static void CreateIn(string folder)
    {
        Directory.CreateDirectory(folder);

        File.WriteAllText(Path.Join(folder, "Notes.txt"), Text);
        File.WriteAllText(Path.Join(folder, "Read me.md"), Markdown);

        using (var picture = File.Create(Path.Join(folder, "Gradient.png")))
        {
            WriteGradient(picture);
        }

        using (var sound = File.Create(Path.Join(folder, "Tone.wav")))
        {
            WriteTone(sound);
        }
    }

    private static void WriteGradient(Stream output)
    {
        const int width = 480;
        const int height = 320;
        var rgb = new byte[width * height * 3];
        var at = 0;

        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                rgb[at++] = (byte)(255 * x / (width - 1));
                rgb[at++] = (byte)(255 * y / (height - 1));
                rgb[at++] = (byte)(255 - (255 * x / (width - 1)));
            }
        }

        PngImage.Write(output, width, height, rgb);
    }

    private static void WriteTone(Stream output)
    {
        const int sampleRate = 22050;
        var samples = new short[2 * sampleRate];

        for (var i = 0; i < samples.Length; i++)
        {
            // An A and the fifth above it, which fade away.
            var seconds = (double)i / sampleRate;
            var wave = Math.Sin(Math.Tau * 440 * seconds) + (0.5 * Math.Sin(Math.Tau * 660 * seconds));
            samples[i] = (short)(wave * Math.Exp(-2 * seconds) * 0.5 * short.MaxValue);
        }

        WaveFile.Write(output, sampleRate, samples);
    }
}
