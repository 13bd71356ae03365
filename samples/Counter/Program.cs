using CounterSample;
using Oriel;

var builder = OrielApp.CreateBuilder();
builder.AddComponents();
var app = builder.Build();
app.CreateWindow<Counter>(new() { Title = "Counter" });
return app.Run();
