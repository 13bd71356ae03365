using Oriel;
using Plugins;

// A page, a plug-in in this process, and one in Python.
var app = OrielApp.CreateBuilder().Build();
app.Assets.AddEmbedded(typeof(TextPlugin).Assembly, "web");
app.Plugins.Add(new TextPlugin());
app.Plugins.Add(StatisticsPlugin.Create());
app.CreateWindow(new WindowOptions { Title = "Plug-ins", Width = 560, Height = 420 });
return app.Run();
