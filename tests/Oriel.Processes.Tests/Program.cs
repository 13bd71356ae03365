using Oriel.Processes.Tests;
using Xunit.Runner.InProc.SystemConsole;

return args is ["--parent", ..] ? await ParentProgram.RunAsync() : await ConsoleRunner.Run(args);
