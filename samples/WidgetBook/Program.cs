using Microsoft.Extensions.DependencyInjection;
using Oriel;
using WidgetBook;

var builder = OrielApp.CreateBuilder(args);
builder.AddComponents(options => options.StyleSheets.Add("book.css"));
builder.Services.AddScoped<ThemeSwitch>();
var app = builder.Build();
app.CreateWindow<Book>(new() { Title = "Widget book", Width = 1100, Height = 780 });
return app.Run();
