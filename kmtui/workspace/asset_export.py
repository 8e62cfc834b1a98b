"""What leaves the workspace of a knowledge asset: the page as Markdown, or as JSON for scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kmtui.report.asset_document import asset_document
from kmtui.report.asset_markdown import asset_markdown
from kmtui.text import file_slug
from kmtui.workspace.assets import page
from kmtui.workspace.finding import find_asset
from kmtui.workspace.sharing import free_file, json_text, write_text
from kmtui.workspace.tools import Tools

AssetFormat = Literal["markdown", "json"]
"""What a knowledge asset can be written as."""

ASSET_ENDINGS: dict[AssetFormat, str] = {"markdown": ".md", "json": ".json"}


def asset_text(tools: Tools, beginning: str, form: AssetFormat = "markdown") -> str:
    """Return a page as it is shared; any unique beginning of its id will do. Raises NotFound, StoreError."""
    found = page(tools, beginning)
    return json_text(asset_document(found)) if form == "json" else asset_markdown(found)


def asset_file(folder: Path, tools: Tools, beginning: str, form: AssetFormat = "markdown") -> Path:
    """Return a file in the folder that is not there yet, named after the day and the page. Raises NotFound."""
    asset = find_asset(tools, beginning)
    return free_file(folder, (tools.today().isoformat(), file_slug(asset.title), "asset"), ASSET_ENDINGS[form])


def export_asset(tools: Tools, beginning: str, path: Path, form: AssetFormat = "markdown") -> None:
    """Write a page to a file. Raises NotFound, StoreError."""
    write_text(tools, path, asset_text(tools, beginning, form))
