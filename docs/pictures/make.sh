#!/bin/sh
# Makes the pictures of README and guide again: docs/pictures/make.sh, from the project's root.
# SHOT names a program that runs a command in a terminal of a given size, types keys and takes pictures:
#   $SHOT -s 100x30 -p PAUSE -o LAST.png -k KEY text:WORDS wait:SECONDS shot:FILE.png -- COMMAND
# Needs GNU date. Look at every picture afterwards.
set -eu
: "${SHOT:?set SHOT to the program that takes pictures}"
here=$(cd "$(dirname "$0")" && pwd)
kmtui="$here/../../.venv/bin/kmtui"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export KMTUI_CONFIG="$work/config.toml"
printf 'plain = false\n' > "$KMTUI_CONFIG"
day() { date -d "$1" +%Y-%m-%d; }

cat > "$work/handover.yaml" <<YAML
technique: after-action-review
title: Night handover after the new rota
team: Emergency department
date: $(day '10 days ago')
people: [Charge nurse, {role: Staff nurse, count: 3}, Registrar]
answers:
  expected: [Handover done in 20 minutes]
  actual: [It took 40 minutes on three nights out of five]
  why: [The board was filled in during the handover and not before it]
  learn: [{lesson: Fill in the board before the handover begins, cause: Nobody had been asked to do it}]
  act:
    - {action: Put the board on the late shift's list, owner: Charge nurse, due: $(day '2 days ago')}
    - {action: Ask the registrars whether half past eight suits them, owner: Registrar, due: $(day '5 days')}
YAML
cat > "$work/open-day.yaml" <<YAML
technique: before-action-review
title: Library open day
team: Library and knowledge service
date: $(day '4 days ago')
YAML
cat > "$work/ward-7.yaml" <<YAML
assess: knowledge-mobilisation
team: Ward 7
on_behalf_of: the whole team
people: [Ward sister, {role: Nurse, count: 5}, Physiotherapist]
ratings:
  sponsor: {level: 6, rationale: The deputy chief nurse asks the surgical wards, target: 10}
  plans: {level: 3, target: 7}
  leaders-example: {level: 5, target: 6}
  time-to-learn: {level: 4, target: 9}
  assurance: {skip: dont-know}
  learning-before: {level: 5, target: 8}
  learning-during: {level: 8, target: 8, enough: The daily huddle does it}
  learning-after: {level: 6, target: 10}
  evidence-in-decisions: {level: 7, target: 9}
  innovation: {level: 6, target: 8}
  sharing: {level: 4, target: 8}
  speaking-openly: {level: 9, target: 10}
  policies: {level: 10}
  handover: {level: 5, target: 9}
  evidence-skills: {level: 6, target: 7}
  lessons-into-changes: {level: 4, target: 9}
  networks: {level: 7, target: 8}
  finding-documents: {level: 6, target: 8}
  service-use: {level: 8, target: 10}
  keeping-up-to-date: {level: 7, target: 9}
  alongside: {level: 2, target: 6}
  partners: {skip: not-for-us}
  what-came-of-it: {level: 3, target: 6}
YAML

# A review, from the card to the report
"$SHOT" -s 100x30 -p 0.3 -o "$here/report.png" -k \
  Enter wait:0.6 shot:"$here/card.png" Enter wait:0.6 \
  "text:Moving Ward 7" Enter "text:Ward 7" Enter "text:ward sister, 4 porters, bed manager" Enter wait:1 Enter wait:0.6 \
  "text:All patients moved by noon" Enter "text:Every bed goes to the bay on the list" Enter F8 wait:0.5 \
  "text:The last patient arrived at a quarter past two" Enter \
  "text:Two beds went to the wrong bay" Enter \
  "text:The handover at the new nurses' station worked well" Enter \
  wait:0.8 "text:Both lifts were busy at el" shot:"$here/session.png" "text:even" Enter wait:0.8 \
  F3 wait:0.8 shot:"$here/notes.png" F3 F8 wait:0.6 \
  Down Down "text:The list was only at the nurses' station" Enter \
  "text:Nobody had agreed who passes it on" Enter wait:0.8 shot:"$here/why.png" F8 wait:0.6 \
  "text:Tell the porters the order of beds the evening before" Enter \
  "text:The list was only at the nurses' station, so two beds went to the wrong bay" Enter \
  "text:The bed manager sends the list by six" wait:0.8 shot:"$here/lesson.png" Enter "text:Bed manager" Enter F8 wait:0.6 \
  "text:Send the bed list the evening before a move" Enter "text:Bed manager" Enter "text:1 dec" Enter \
  wait:0.8 F8 wait:1.2 -- "$kmtui" --workspace "$work/review"

# The same question in a small terminal
"$SHOT" -s 60x18 -p 0.3 -o "$here/small.png" -k wait:0.6 Enter wait:0.6 \
  "text:All patients moved by noon" Enter "text:Every bed goes to the bay on the list" Enter wait:0.8 \
  -- "$kmtui" aar --title "Moving Ward 7" --team "Ward 7" --workspace "$work/small"

# Home, with work that is open
home="$work/home"
"$kmtui" aar --answers "$work/handover.yaml" --workspace "$home" > "$work/id"
"$kmtui" run before-action-review --answers "$work/open-day.yaml" --workspace "$home" > "$work/id"
"$kmtui" assess --answers "$work/ward-7.yaml" --workspace "$home" > "$work/assessed"
printf '%s\n' "Ward sister, 4 porters" "" "All patients moved by noon" "" "Two beds went to the wrong bay" "" |
  "$kmtui" aar --plain --title "Moving Ward 7" --team "Ward 7" --workspace "$home" > "$work/out" || true
"$SHOT" -s 100x30 -o "$here/home.png" -- "$kmtui" --workspace "$home"
printf '%s\n' "the whole team" "" | "$kmtui" assess --plain --team "Ward 7" --workspace "$work/walk" > "$work/out" || true

# An assessment: the walk, the bars, the sentences
"$SHOT" -s 100x30 -p 0.3 -o "$here/assessment.png" -k C-g wait:0.8 \
  Down Down Down Down Down Down Down Down Down Enter wait:0.8 "text:6" wait:0.5 \
  Enter "text:The pharmacy trial came to us first" Enter "text:The new drug chart in May" Enter \
  "text:not on nights" Enter wait:0.5 -- "$kmtui" resume --workspace "$work/walk"
"$SHOT" -s 100x30 -p 0.4 -o "$here/sentences.png" -k wait:1 F4 wait:0.8 shot:"$here/results.png" F4 wait:0.8 \
  -- "$kmtui" resume "$(cat "$work/assessed")" --workspace "$home"
