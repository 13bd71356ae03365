namespace Oriel.Components;

/// <summary>A part of what a session does: it handles some kinds of messages. One for each session, made by the session's scope.</summary>
internal interface ISessionPart
{
    /// <summary>Begins its work, before anything is rendered.</summary>
    void Attach(ComponentSession session);
}
