"""The window that shows the page, from the back end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .app import App


class Window:
    """What a page can do with its window, a back end can do, too. Each raises IpcError when it is refused."""

    def __init__(self, app: "App") -> None:
        self._app = app

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
        self._app.call("oriel.window." + command, arguments)
