using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Oriel.Components.Interop;
using Oriel.Ipc;

namespace Oriel.Components;

/// <summary>The commands by which a window's document has its tree of components: one document, one session, and nobody else reaches it.</summary>
internal sealed class SessionCommands(OrielApp app)
{
    public const string Open = "oriel.ui.open";
    public const string Send = "oriel.ui.send";
    public const string Upload = "oriel.ui.upload";

    // What stands around an answer on its way.
    private const int EnvelopeBytes = 1_024;

    private readonly ConditionalWeakTable<BridgeSession, TaskCompletionSource<ComponentSession?>> _sessions = [];

    public void AddTo(CommandRegistry commands)
    {
        Add(Open, "Begins the document's tree of components, and streams what it renders.", OpenAsync, isStream: true);
        Add(Send, "Sends messages to the document's components.", SendAsync);
        Add(Upload, "Sends bytes that a later message names.", UploadAsync);

        void Add(string name, string description, Func<CommandContext, ValueTask> handler, bool isStream = false) =>
            commands.AddOwn(name, context => handler(context), new CommandOptions { Description = description, IsStream = isStream, ChecksCaller = true });
    }

    private async ValueTask OpenAsync(CommandContext context)
    {
        var (document, window) = Admit(context);
        var start = SessionMessages.ReadStart(context.Arguments);
        var begun = new TaskCompletionSource<ComponentSession?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_sessions.TryAdd(document, begun))
        {
            throw new IpcException(IpcErrorCode.InvalidRequest, "The document has a session already. Load it again to begin another.");
        }

        try
        {
            context.BeginStream();
            var session = Begin(context, window.Root, start);
            await using (session.ConfigureAwait(false))
            {
                begun.SetResult(session);
                window.Begin(session);
                try
                {
                    await session.Ended.WaitAsync(context.CancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    window.End(session);
                }
            }
        }
        finally
        {
            _sessions.Remove(document);
            begun.TrySetResult(null);
        }
    }

    private ComponentSession Begin(CommandContext context, RootComponent root, SessionStart start)
    {
        try
        {
            return app.Services.GetRequiredService<SessionHost>().Begin(root, start, new WindowConnection(context), context.Window);
        }
        catch (SessionLimitException exception)
        {
            throw new IpcException(IpcErrorCode.Busy, exception.Message, exception);
        }
    }

    private async ValueTask SendAsync(CommandContext context)
    {
        var arguments = context.Arguments;
        var messages = SessionMessages.ReadSent(arguments, out var id);
        var session = await FindAsync(context, id).ConfigureAwait(false);
        var turn = new TurnBuffer(Math.Clamp(app.Options.Limits.MaxMessageBytes - EnvelopeBytes, 0, TurnBuffer.MaxBytes));
        try
        {
            // Copies: the session keeps what it handles, and the arguments end with this call. All at once: one may have to wait for a later one.
            var received = messages.Select(message => session.ReceiveAsync(arguments[message].ToArray(), turn).AsTask());
            await Task.WhenAll(received).WaitAsync(context.CancellationToken).ConfigureAwait(false);
            context.CancellationToken.ThrowIfCancellationRequested();
        }
        catch
        {
            // Nobody reads the answer, and the page waits for every number.
            session.Return(turn);
            throw;
        }

        SessionMessages.Write(context.Result, turn.Messages);
    }

    private async ValueTask UploadAsync(CommandContext context)
    {
        var reference = SessionMessages.ReadUpload(context.Arguments, out var session, out var id);
        var owner = await FindAsync(context, session).ConfigureAwait(false);
        await owner.Services.GetRequiredService<PageUploads>().ReceiveAsync(id, context.UseBodies().Open(reference), context.CancellationToken).ConfigureAwait(false);
    }

    // Whoever calls from elsewhere learns nothing: no more than one who may not call at all.
    private static (BridgeSession Document, ComponentWindow Window) Admit(CommandContext context) =>
        context.Document is { Origin: BridgeAddress.Origin } document && ComponentWindow.Of(context.Window) is { } window
            ? (document, window)
            : throw new IpcException(IpcErrorCode.Denied, "This document may not do that.");

    // The page may answer the session's greeting before the session is known here.
    private async ValueTask<ComponentSession> FindAsync(CommandContext context, string id)
    {
        if (_sessions.TryGetValue(Admit(context).Document, out var begun))
        {
            var session = await begun.Task.WaitAsync(context.CancellationToken).ConfigureAwait(false);
            if (session is { Ended.IsCompleted: false } && session.Id == id)
            {
                return session;
            }
        }

        throw new IpcException(IpcErrorCode.Denied, "The document has no such session.");
    }
}
