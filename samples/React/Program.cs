using Oriel;
using Todo;

// A list that all windows share: dotnet run --project samples/React [folder to look for files in]
var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
var folder = Path.GetFullPath(args.FirstOrDefault() ?? home);
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine($"There is no folder {folder}. Give the folder that files are looked for in, or none for the home folder.");
    return 1;
}

var data = Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "oriel-react-sample", "todos.json");
var app = OrielApp.CreateBuilder().Build();
new TodoApp(app, new TodoFile(data), new FileFinder(folder)).OpenWindow();
return app.Run();
