using Oriel.Engine.Conformance;
using Xunit.Runner.InProc.SystemConsole;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

// ORIEL_TEST_ENGINES: a list of "headless" and "gtk" with commas; both when it is not set.
return await ConsoleRunner.Run([.. args, .. EngineSelection.Filters()]);
