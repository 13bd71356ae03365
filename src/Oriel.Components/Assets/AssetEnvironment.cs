using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;

namespace Oriel.Components;

/// <summary>What ASP.NET Core wants to know of a program before it finds its static assets. There is no web host.</summary>
internal sealed class AssetEnvironment(string name, string folder) : IWebHostEnvironment
{
    public string ApplicationName { get; set; } = name;

    public string EnvironmentName { get; set; } = "Development";

    public string ContentRootPath { get; set; } = folder;

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();

    public string WebRootPath { get; set; } = "";

    public IFileProvider WebRootFileProvider { get; set; } = new NullFileProvider();
}
