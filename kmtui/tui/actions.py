"""Every action of the screens: id, keys, words, and what it does. Footer, help, palette and keymap all read it.

The ids are what people write under [keys] in config.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from textual.binding import Binding, BindingType


class Action(NamedTuple):
    """One thing that a key does. `words` are for the footer, `tooltip` for help and palette."""

    id: str
    keys: str
    words: str
    tooltip: str


_ALL = (
    Action(id="help", keys="f1", words="Help", tooltip="What the keys do here"),
    Action(id="palette", keys="ctrl+p", words="Actions", tooltip="Find any action by its name"),
    Action(id="quit", keys="ctrl+q", words="Quit", tooltip="Save and leave kmtui"),
    Action(id="leave", keys="escape", words="Back", tooltip="Back to the screen before; nothing is lost"),
    Action(id="next", keys="f8,ctrl+n", words="Next", tooltip="Go on; words in the field are entered first"),
    Action(id="back", keys="f7,ctrl+b", words="Previous", tooltip="Go to the one before"),
    Action(id="go-to", keys="ctrl+g", words="Go to", tooltip="Choose any step or criterion"),
    Action(id="choose-previous", keys="up", words="Line above", tooltip="Choose the line above"),
    Action(id="choose-next", keys="down", words="Line below", tooltip="Choose the line below"),
    Action(id="edit", keys="f2", words="Edit", tooltip="Change the chosen line, or the last one"),
    Action(id="remove", keys="delete", words="Remove", tooltip="Remove the chosen line; undo brings it back"),
    Action(id="move-up", keys="ctrl+up", words="Move up", tooltip="Move the chosen line up"),
    Action(id="move-down", keys="ctrl+down", words="Move down", tooltip="Move the chosen line down"),
    Action(id="undo", keys="ctrl+z", words="Undo", tooltip="Take the last change back"),
    Action(id="redo", keys="ctrl+y", words="Redo", tooltip="Make the change again"),
    Action(id="notes", keys="f3", words="Notes", tooltip="Show or hide the facilitator's notes"),
    Action(id="sentences", keys="f4", words="Sentences", tooltip="The chart as sentences, and back"),
    Action(id="pause", keys="f5", words="Pause", tooltip="Pause the clock, or let it run on"),
    Action(id="extend", keys="f6", words="+1 minute", tooltip="One more minute for this step"),
    Action(id="export", keys="ctrl+e", words="Export", tooltip="Write the report to a file"),
    Action(id="save-elsewhere", keys="f9", words="Save a copy", tooltip="Save a whole copy in another place"),
    Action(
        id="park", keys="ctrl+k", words="Park", tooltip="Park the words in the field; with none, see what is parked"
    ),
    Action(id="park-criterion", keys="ctrl+k", words="Park", tooltip="Come back to this criterion another time"),
    Action(id="names", keys="ctrl+o", words="Names", tooltip="Put names of people in, or leave them out"),
    Action(id="about", keys="ctrl+t", words="About", tooltip="Title, team and who takes part"),
    Action(
        id="more", keys="ctrl+r", words="More", tooltip="Context and tags of a lesson; sign of success of an action"
    ),
    Action(
        id="replace",
        keys="ctrl+r",
        words="Replace",
        tooltip="Replace what is pointed out below the field; Enter keeps it",
    ),
    Action(id="replace-all", keys="f4", words="Replace all", tooltip="Replace all that was found, or keep all of it"),
    Action(id="keep-or-change", keys="ctrl+o", words="Keep or change", tooltip="A lesson to keep doing, or to change"),
    Action(id="take-lesson", keys="ctrl+l", words="Take lesson", tooltip="Take the offered lesson along"),
    Action(id="dont-know", keys="ctrl+d", words="Don't know", tooltip="The answer is: we do not know"),
    Action(id="not-for-us", keys="ctrl+u", words="Not for us", tooltip="The answer is: this is not for us"),
    Action(id="results", keys="ctrl+r", words="Results", tooltip="Bars and gaps of what has been answered"),
    Action(id="set-ups", keys="ctrl+t", words="Set-ups", tooltip="Begin with what is agreed about a team"),
    Action(id="survey", keys="ctrl+r", words="Survey", tooltip="Ask individuals instead of a group"),
    Action(id="use", keys="f8,ctrl+n", words="Begin", tooltip="Begin with this set-up"),
    Action(id="take-in", keys="f8,ctrl+n", words="Take in", tooltip="Keep what was understood"),
    Action(id="dropped", keys="delete", words="Drop", tooltip="The action will not be done"),
    Action(id="reopen", keys="f2", words="Open again", tooltip="Work on it again"),
    Action(id="who-does-well", keys="ctrl+f", words="Who does well", tooltip="Who does this well, to ask them"),
    Action(id="which", keys="f4", words="Which one fits", tooltip="Which technique fits: two or three, and why"),
    Action(id="earlier", keys="ctrl+g", words="Go on from", tooltip="Choose the earlier session to go on from"),
    Action(id="plan", keys="ctrl+l", words="Plan", tooltip="What the team will do about it, by when"),
    Action(id="options", keys="f7,ctrl+b", words="Options", tooltip="What could be done, to choose from"),
    Action(id="not-planned", keys="ctrl+d", words="Not for us", tooltip="The chosen line is not for us; say why"),
    Action(id="order", keys="ctrl+o", words="Order", tooltip="Most dots first; again: what is done now first"),
    Action(id="start", keys="ctrl+t", words="Start", tooltip="Start the technique of the chosen line"),
    Action(id="held", keys="ctrl+r", words="What came of it", tooltip="Sessions that were held for the chosen line"),
    Action(id="source", keys="ctrl+g", words="Where from", tooltip="Go to the assessment or session it comes from"),
    Action(id="view", keys="ctrl+r", words="View", tooltip="Look at it in the next way"),
    Action(id="form", keys="ctrl+r", words="Form", tooltip="Write it in another form"),
    Action(id="team-names", keys="ctrl+o", words="Names", tooltip="Hide the names of teams, or show them"),
    Action(id="choose-team", keys="ctrl+g", words="Team", tooltip="Choose the team that is yours"),
    Action(id="register", keys="ctrl+f", words="Lessons", tooltip="Find lessons in the register"),
    Action(id="mark", keys="ctrl+k", words="Mark", tooltip="Mark the chosen line, for what is done with several"),
    Action(id="join", keys="ctrl+l", words="Join", tooltip="Join lessons that say the same into this one"),
    Action(id="apart", keys="ctrl+t", words="Take apart", tooltip="Have a joined lesson stand for itself again"),
    Action(id="export-found", keys="ctrl+e", words="Export", tooltip="Write the lessons that were found to a file"),
    Action(id="pause-reading", keys="f5", words="Stop reading", tooltip="Stop reading records, or read on"),
    Action(id="agreed", keys="f2", words="Agreed", tooltip="Those who own the lesson agree to it"),
    Action(id="applied", keys="f3", words="Applied", tooltip="Something has changed because of it; say what"),
    Action(id="retired", keys="delete", words="Retire", tooltip="The lesson is of no use any more; say why"),
    Action(id="review", keys="f4,ctrl+r", words="Review", tooltip="Set the day when it is looked at again"),
    Action(id="owner", keys="ctrl+o", words="Owner", tooltip="Say which role looks after it"),
    Action(id="add-lesson", keys="ctrl+f", words="Add lessons", tooltip="Find lessons for the page"),
    Action(id="add-practice", keys="ctrl+g", words="Add example", tooltip="Choose good practice that a team keeps"),
    Action(id="add-contact", keys="ctrl+o", words="Add contact", tooltip="Add a role that may be asked"),
    Action(id="page-title", keys="ctrl+t", words="Title", tooltip="Change the title and what the page is about"),
    Action(id="looked", keys="f3", words="Still right", tooltip="Say that you looked, and the page is still right"),
    Action(id="import", keys="ctrl+o", words="Import", tooltip="Take in a file: lessons, a bundle, a record"),
    Action(id="next-field", keys="space", words="Next field", tooltip="The chosen column is for the next field"),
    Action(id="encoding", keys="ctrl+r", words="Encoding", tooltip="Read the file in another encoding"),
    Action(id="bundle", keys="f9", words="Bundle", tooltip="Write what is marked, or chosen, for another kmtui"),
    Action(id="private", keys="ctrl+t", words="Private", tooltip="Put private entries in, or leave them out"),
    Action(id="delete-lesson", keys="ctrl+d", words="Delete", tooltip="Delete the lesson; undo brings it back"),
    Action(id="keep-longer", keys="f6", words="+1 year", tooltip="Keep the chosen record another year"),
    Action(id="examine", keys="f5", words="Examine", tooltip="Look through every file for what is wrong"),
    Action(id="repair", keys="f8,ctrl+n", words="Put right", tooltip="Put right what can be; nothing is lost"),
    Action(id="back-up", keys="f9", words="Back up", tooltip="Make a backup of the whole workspace now"),
)

ACTIONS: Mapping[str, Action] = {action.id: action for action in _ALL}


def bindings(*ids: str) -> list[BindingType]:
    """Return the bindings of a screen. The method that is called is `action_` and the id with underscores."""
    return [
        Binding(
            key=ACTIONS[each].keys,
            action=each.replace("-", "_"),
            description=ACTIONS[each].words,
            tooltip=ACTIONS[each].tooltip,
            show=False,
            id=each,
        )
        for each in ids
    ]
