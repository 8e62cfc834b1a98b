"""A technique to begin with: taken as it is printed, with every field explained and every kind of step shown.

What is not in use stands in comments. With "# " taken away from its lines, each example is valid where it stands.
"""

from __future__ import annotations

TECHNIQUE_SKELETON = """\
# A technique: the script of a session.
# Save this file as our-technique.yaml in the folder "techniques" of your workspace. There, kmtui check tells what is
# wrong in it and what to write, and kmtui run our-technique runs it.
# What stands behind a # is for you, and is not read. To use an example that stands behind "# ", take "# " away from
# each of its lines. Indent with spaces, not with tabs. Put a text that holds a colon into 'quotation marks'.

id: our-technique                 # the name of the file without .yaml: lower-case letters, digits and hyphens
version: "1.0"                    # raise it with each change: a session keeps the wording that it began with
name: Our technique               # what people call it
phase: during                     # when it helps: before, during or after the work
about: >-                         # what it is for. After the sign >- a text goes on in further lines
  What it is for, and for whom. What people have in their hands at the end.
minutes: {least: 15, most: 60}    # how long it takes, from the shortest form to the longest
people: {least: 3, most: 12}      # how many can take part

# The rest of the card. Each of these may be left out.
roles:                            # who is needed, and what that person does
  - name: Facilitator
    does: Reads the words aloud, and keeps to the time.
  - name: Scribe
    does: Types what is said, where everyone can see it.
use_when:                         # when it helps
  - A piece of work has come to an end.
avoid_when:                       # when something else is better
  - Something has happened that must be reported. Report it in the usual system first.
pitfalls:                         # what goes wrong if nobody looks out for it
  - The most senior person speaks first, and the others agree.
sources:                          # what it rests on: title, publisher, year
  - Our own wording.

# The steps, in their order. A kind may come as often as you like, and none has to be there.
steps:

  # Kind brief: words to say, and lines to show. Here the ground rules, which come first.
  - id: welcome                   # a name within this file, written like the id of the technique
    kind: brief                   # what the step does: one of the nine kinds that are shown in this file
    title: Welcome                # the heading on the screen
    minutes: 2                    # its time. The clock stops nobody; without this line there is none
    say: >-                       # what the facilitator says, word for word, the question last; 60 words at most
      Thank you for coming. We have half an hour, and two questions. These are the ground rules. Can we all work with
      them?
    points:                       # what the room sees, five lines at most
      - Everyone's view counts the same.
      - We look at the work, not at the person.
    tips:                         # what to do when it goes wrong, for the facilitator alone
      - 'Someone comes late: say in one sentence where we are.'
  # Any kind of step may have minutes, say, points and tips.

  # Kind collect: a question, and a list of answers that are typed as they are said.
  - id: seen
    kind: collect
    title: What did we see?
    minutes: 8
    say: Tell me what you saw, the good as well as the bad. What did we see?
    # each: person                # one turn for each person
    # private: true               # the answers stay in the session: no report has them
    # recall: lessons             # shows lessons of earlier sessions that fit what is typed
    # earlier: [{technique: our-other-technique, step: hopes}]   # begins with what was said there on the same work

  # With "from" they answer the answers of an earlier collect step, which are shown again.
  - id: reasons
    kind: collect
    from: seen                    # the id of that step
    title: Why was it so?
    minutes: 8

  # Kind vote: dots on the answers of an earlier collect step.
  # - id: choice
  #   kind: vote
  #   title: Which of these matter most?
  #   minutes: 4
  #   from: seen                  # the id of that step
  #   dots: 3                     # how many dots each person has

  # Kind score: each person gives a number. The mean and how far people are apart are shown, never who said what.
  # - id: mark
  #   kind: score
  #   title: How well did it go, out of ten?
  #   minutes: 3
  #   lowest: 1                   # whole numbers, 100 apart at most
  #   highest: 10                 # more than the lowest

  # Kind groups: pairs or groups by chance, which differ from those of earlier sessions.
  # - id: pairs
  #   kind: groups
  #   title: Who talks to whom?
  #   minutes: 10
  #   size: 2                     # people in a group, 2 or more; where it does not come out even, some have one more
  #   rounds: 1                   # how often new groups are made
  #   avoid_repeats: true         # or false: then the same people may meet again
  #   invite: You are two. Find half an hour for each other this month.   # an invitation to send to each group
  #   starters:                   # questions that help a conversation to begin
  #     - What are you working on that others should know of?
  # - id: talk
  #   kind: brief
  #   title: Talk with each other
  #   minutes: 10
  #   seats: {step: pairs, round: 1}   # for kind brief alone: shows who sits where in a round of that earlier step

  # Kind table: rows with columns of your own.
  # - id: list
  #   kind: table
  #   title: What do we have, and who looks after it?
  #   minutes: 10
  #   columns:                    # each with an id, a name, and a kind: text, date, person or choice
  #     - {id: what, name: What it is}
  #     - {id: keeper, name: Who looks after it, kind: person}
  #     - {id: checked, name: Last looked at, kind: date}
  #     - {id: state, name: State, kind: choice, choices: [good, doubtful, missing]}

  # Kind assess: goes on to the self-assessment of the team.
  # - id: assessment
  #   kind: assess
  #   title: Where do we stand?
  #   minutes: 20
  #   matrix: our-matrix          # the id of a matrix; without this line the one that comes first

  # Kind lessons: what others can learn from it, each with its cause and who looks after it.
  - id: learned
    kind: lessons
    # from: seen                  # the collect step with the answers that they come from
    title: What do we tell the next team?
    minutes: 6

  # Kind actions: who does what by when.
  - id: agreed
    kind: actions
    # from: reasons               # the collect step with the answers that they come from
    title: Who does what, and by when?
    minutes: 4

# Forms of it, shorter or longer. Without them all steps are run; with them, a step is run where a form names it.
# variants:                       # which of the steps, in their order, with which minutes. The first is the usual one
#   - id: short
#     name: In 15 minutes
#     steps: [{id: welcome, minutes: 1}, {id: seen, minutes: 5}, {id: learned, minutes: 5}, {id: agreed, minutes: 4}]
#   - id: long
#     name: In half an hour
#     steps:
#       - {id: welcome, minutes: 2}
#       - {id: seen, minutes: 8}
#       - {id: reasons, minutes: 10}
#       - {id: learned, minutes: 6}
#       - {id: agreed, minutes: 4}
"""
