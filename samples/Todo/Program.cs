using Microsoft.Extensions.DependencyInjection;
using Oriel;
using TodoSample;

var builder = OrielApp.CreateBuilder(args);
builder.AddComponents();
builder.Services.AddSingleton(new TodoStore(TodoStore.DefaultFile));
var app = builder.Build();
app.CreateWindow<App>(new() { Title = "To-do", Width = 760, Height = 640 });
return app.Run();
