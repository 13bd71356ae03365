using Oriel.Engines.Gtk.Tests;
using Xunit.Runner.InProc.SystemConsole;

return args is ["--child", var scenario] ? ChildProgram.Run(scenario) : await ConsoleRunner.Run(args);
