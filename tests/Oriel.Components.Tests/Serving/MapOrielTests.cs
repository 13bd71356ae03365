using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Oriel.Components.Tests.Serving;

public sealed class MapOrielTests
{
    [Fact]
    public async Task A_host_with_the_token_refuses_who_has_it_not()
    {
        await using var host = await StartAsync(new ServeOptions { Token = new string('t', 40) }, static app => app.MapOriel<Counter>("/admin"));
        using var client = Client(host);

        Assert.Equal(HttpStatusCode.Forbidden, await StatusOf(client, "/admin"));
        Assert.Equal(HttpStatusCode.SeeOther, await StatusOf(client, $"/admin/users?token={new string('t', 40)}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOf(client, "/administration"));
    }

    [Fact]
    public async Task Without_the_token_somebody_has_to_say_who_may()
    {
        var open = new ServeOptions { RequireToken = false };
        await using var undecided = await StartAsync(open, static app => app.MapOriel<Counter>());
        await using var decided = await StartAsync(open, static app => app.MapOriel<Counter>().AllowAnonymous());
        using var toUndecided = Client(undecided);
        using var toDecided = Client(decided);

        Assert.Equal(HttpStatusCode.InternalServerError, await StatusOf(toUndecided, "/"));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(toDecided, "/"));
    }

    [Fact]
    public async Task What_is_added_to_the_endpoints_holds_for_page_connection_and_bytes()
    {
        await using var host = await StartAsync(
            new ServeOptions { RequireToken = false },
            static app => app.MapOriel<Counter>("/admin").AllowAnonymous().AnswerAsTeapots());
        using var client = Client(host);

        foreach (var path in (string[])["/admin", "/admin/_oriel/socket", "/admin/_oriel/bytes/0"])
        {
            Assert.Equal((HttpStatusCode)418, await StatusOf(client, path));
        }
    }

    [Fact]
    public async Task A_page_connects_where_it_is_mapped()
    {
        await using var host = await StartAsync(new ServeOptions { RequireToken = false }, static app => app.MapOriel<Counter>("/admin").AllowAnonymous());
        using var client = Client(host);

        Assert.Contains("content=\"/admin/_oriel/socket\"", await client.GetStringAsync("/admin/users/5", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("/admin/{id}")]
    [InlineData("/admin?x")]
    public async Task A_path_that_is_none_is_refused(string path) =>
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(new ServeOptions(), app => app.MapOriel<Counter>(path)));

    private static async Task<WebApplication> StartAsync(ServeOptions options, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOrielComponents(components => components.Serve = options);
        var app = builder.Build();
        app.UseWebSockets();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static HttpClient Client(WebApplication host) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(host.Urls.Single()), Timeout = TimeSpan.FromSeconds(30) };

    private static async Task<HttpStatusCode> StatusOf(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}

file static class Conventions
{
    public static void AnswerAsTeapots(this IEndpointConventionBuilder endpoints) => endpoints.Add(static endpoint => endpoint.RequestDelegate = static context =>
    {
        context.Response.StatusCode = 418;
        return Task.CompletedTask;
    });
}
