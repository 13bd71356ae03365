using Oriel;
using Radzen;
using RadzenSample;

var builder = OrielApp.CreateBuilder(args);
builder.AddComponents(LibraryPage.Configure);
builder.Services.AddRadzenComponents();
var app = builder.Build();
app.CreateWindow<App>(LibraryPage.Window);
return app.Run();
