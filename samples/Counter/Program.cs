using CounterSample;
using Oriel;

var builder = OrielApp.CreateBuilder(args);
builder.AddComponents();
var app = builder.Build();
app.CreateWindow<Counter>(new() { Title = "Counter" });
return app.Run();
