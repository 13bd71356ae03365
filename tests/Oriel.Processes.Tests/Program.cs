using Oriel.Processes.Tests;
using Xunit.Runner.InProc.SystemConsole;

return args is ["--parent", var scenario] ? await ParentProgram.RunAsync(scenario) : await ConsoleRunner.Run(args);
