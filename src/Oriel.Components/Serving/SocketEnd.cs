namespace Oriel.Components;

/// <summary>Why the server ends a connection: the close codes of the protocol, those from 4000 on as the page's script knows them.</summary>
internal enum SocketEnd
{
    /// <summary>The server stops. A page tries to come back.</summary>
    Stopping = 1001,

    /// <summary>The peer does not speak as a page of ours does.</summary>
    Refused = 1008,

    /// <summary>The session to go on with is not there: the page begins anew.</summary>
    Gone = 4000,

    /// <summary>The session is over, and its page knows why.</summary>
    Over = 4001,

    /// <summary>Another connection has taken this one's place.</summary>
    Replaced = 4002,

    /// <summary>So many pages are served already. A page tries again later.</summary>
    Full = 4003,
}
