"""The windows that show the pages, from the back end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

if TYPE_CHECKING:
    from .app import App


class Window:
    """What a page can do with its window, a back end can do, too. Each raises IpcError when it is refused."""

    def __init__(self, app: "App", number: Optional[int] = None) -> None:
        """``number``: which window; the first one when None."""
        self._app = app
        self._number = number

    def set_title(self, title: str) -> None:
        self._do("setTitle", {"title": title})

    def set_size(self, width: int, height: int) -> None:
        """Sets the size of the content, in pixels of the page: 1 to 32,767 each."""
        self._do("setSize", {"width": width, "height": height})

    def set_fullscreen(self, enabled: bool) -> None:
        """Fills the screen, or stops filling it."""
        self._do("setFullscreen", {"enabled": enabled})

    def minimize(self) -> None:
        self._do("minimize")

    def maximize(self) -> None:
        self._do("maximize")

    def restore(self) -> None:
        """Gives the window its normal size."""
        self._do("restore")

    def close(self) -> None:
        self._do("close")

    def _do(self, command: str, arguments: Any = None) -> None:
        if self._number is not None:
            arguments = dict(arguments or {}, window=self._number)
        self._app.call("oriel.window." + command, arguments)
