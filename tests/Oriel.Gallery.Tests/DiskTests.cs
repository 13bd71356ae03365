using Gallery.Monitor;

namespace Oriel.Gallery.Tests;

public sealed class DiskTests : IDisposable
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private readonly Machine _machine = new();
    private readonly HashSet<string> _removed = [];

    [Fact]
    public void Sectors_read_and_written_become_bytes_by_second()
    {
        _machine.Write("self/mountinfo", "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n");
        var reader = Reader();
        _machine.Write("diskstats", " 254 0 vda 10 0 1000 5 20 0 2000 5 0 0 0\n");
        reader.Read(TimeSpan.Zero);

        _machine.Write("diskstats", " 254 0 vda 11 0 1010 5 21 0 2040 5 0 0 0\n");
        var disk = Assert.Single(reader.Read(TimeSpan.FromSeconds(2)));

        Assert.Equal(new DiskSample("/", "/dev/vda", 1000, 400, 5 * 512, 20 * 512), disk);
    }

    [Fact]
    public void A_device_with_another_name_is_found_by_its_number()
    {
        _machine.Write("self/mountinfo", "27 1 252:1 / / rw - ext4 /dev/mapper/vg-root rw\n28 27 0:40 / /data rw - btrfs /dev/sdb1 rw\n");
        var reader = Reader();
        _machine.Write("diskstats", " 252 1 dm-1 1 0 0 0 1 0 0 0\n   8 17 sdb1 1 0 0 0 1 0 0 0\n");
        reader.Read(TimeSpan.Zero);

        _machine.Write("diskstats", " 252 1 dm-1 1 0 1 0 1 0 0 0\n   8 17 sdb1 1 0 0 0 1 0 2 0\n");
        var disks = reader.Read(OneSecond);

        Assert.Equal([512, 0], disks.Select(disk => disk.ReadRate));
        Assert.Equal([0, 1024], disks.Select(disk => disk.WriteRate));
    }

    [Fact]
    public void Only_devices_and_the_root_are_disks()
    {
        _machine.Write(
            "self/mountinfo",
            "22 27 0:21 / /proc rw - proc proc rw\n"
            + "25 27 0:22 / /dev/shm rw - tmpfs tmpfs rw\n"
            + "27 1 0:30 / / rw - overlay overlay rw\n"
            + "28 27 7:1 / /snap/core rw - squashfs /dev/loop1 ro\n"
            + "29 27 8:1 / /home rw - ext4 /dev/sda1 rw\n");

        Assert.Equal(["/", "/home"], Reader().Read(OneSecond).Select(disk => disk.Mount));
    }

    [Fact]
    public void A_device_mounted_twice_counts_once_where_its_path_is_the_shortest()
    {
        _machine.Write(
            "self/mountinfo",
            "27 1 8:1 /sub /var/lib/docker rw - ext4 /dev/sda1 rw\n"
            + "28 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
            + "29 1 8:1 /s /srv rw - ext4 /dev/sda1 rw\n");

        Assert.Equal("/", Assert.Single(Reader().Read(OneSecond)).Mount);
    }

    [Fact]
    public void A_mount_hides_what_was_mounted_before_on_the_same_folder()
    {
        _machine.Write("self/mountinfo", "1 0 0:1 / / rw - rootfs rootfs rw\n28 1 8:1 / / rw - ext4 /dev/sda1 rw\n");

        Assert.Equal("/dev/sda1", Assert.Single(Reader().Read(OneSecond)).Device);
    }

    [Fact]
    public void A_blank_in_a_mount_point_is_decoded()
    {
        _machine.Write("self/mountinfo", @"27 1 8:17 / /media/My\040Disk\134x rw - vfat /dev/sdb1 rw" + "\n");

        Assert.Equal(@"/media/My Disk\x", Assert.Single(Reader().Read(OneSecond)).Mount);
    }

    [Fact]
    public void A_disk_whose_room_cannot_be_asked_is_left_out_and_comes_back()
    {
        _machine.Write("self/mountinfo", "27 1 8:1 / / rw - ext4 /dev/sda1 rw\n28 27 8:17 / /media rw - vfat /dev/sdb1 rw\n");
        var reader = Reader();

        _removed.Add("/media");
        var without = reader.Read(OneSecond).Count;
        _removed.Clear();
        var with = reader.Read(OneSecond).Count;

        Assert.Equal((1, 2), (without, with));
    }

    [Fact]
    public void A_disk_that_is_plugged_in_does_not_break_the_rates_of_the_others()
    {
        _machine.Write("self/mountinfo", "27 1 8:1 / / rw - ext4 /dev/sda1 rw\n");
        _machine.Write("diskstats", "8 1 sda1 1 0 0 0 1 0 0 0\n");
        var reader = Reader();
        reader.Read(TimeSpan.Zero);

        _machine.Write("self/mountinfo", "27 1 8:1 / / rw - ext4 /dev/sda1 rw\n28 27 8:17 / /media rw - vfat /dev/sdb1 rw\n");
        _machine.Write("diskstats", "8 1 sda1 1 0 4 0 1 0 0 0\n8 17 sdb1 1 0 9999 0 1 0 0 0\n");
        var disks = reader.Read(OneSecond);

        Assert.Equal([4 * 512, 0], disks.Select(disk => disk.ReadRate));
    }

    [Fact]
    public void A_disk_that_disappears_from_the_counters_has_no_traffic()
    {
        _machine.Write("self/mountinfo", "27 1 8:1 / / rw - ext4 /dev/sda1 rw\n");
        _machine.Write("diskstats", "8 1 sda1 1 0 0 0 1 0 0 0\n");
        var reader = Reader();
        reader.Read(TimeSpan.Zero);
        _machine.Write("diskstats", "8 1 sda1 1 0 8 0 1 0 8 0\n");
        reader.Read(OneSecond);

        _machine.Write("diskstats", "");
        var disk = Assert.Single(reader.Read(OneSecond));

        Assert.Equal((0, 0), (disk.ReadRate, disk.WriteRate));
    }

    public void Dispose() => _machine.Dispose();

    private DiskReader Reader() =>
        new(_machine.Paths, mount => _removed.Contains(mount) ? null : new DiskSpace(Total: 1000, Used: 400));
}
