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
  Enter "text:The pharmacy trial came to us first" Enter "text:The new drug chart in May" Enter Enter \
  "text:not on nights" Enter wait:0.5 -- "$kmtui" resume --workspace "$work/walk"
"$SHOT" -s 100x30 -p 0.4 -o "$here/sentences.png" -k wait:1 C-r wait:0.8 shot:"$here/results.png" F4 wait:0.8 \
  -- "$kmtui" resume "$(cat "$work/assessed")" --workspace "$home"

# A team from its set-up to a comparison a year later. The survey is made from the beginning for the pictures of it.
team="$work/team"
cat > "$work/set-up.yaml" <<YAML
set_up: Whole team
team: Ward 7
organisation: Hillside Hospital
on_behalf_of: the whole team, nights included
people: [Ward sister, {role: Nurse, count: 5}, Physiotherapist]
objectives:
  - {text: Fewer beds moved twice, criteria: [learning-before, handover]}
  - {text: New staff find their feet in a month, criteria: [handover, time-to-learn]}
leave_out: {partners: we work with no other organisation}
options: [{criterion: handover, text: Film the job with whoever leaves, service: practice education}]
feedback: $(day '18 days')
way: survey
YAML
cat > "$work/theatres.yaml" <<YAML
assess: knowledge-mobilisation
team: Theatres
date: $(day '40 days ago')
ratings:
  sponsor: {level: 8, target: 9}
  plans: {level: 5, target: 8}
  leaders-example: {level: 9, target: 10}
  time-to-learn: {level: 6, target: 8}
  assurance: {level: 4, target: 6}
  learning-before: {level: 9, target: 11, example: A briefing before each list, contact: Theatre matron}
  learning-during: {level: 7, target: 8}
  learning-after: {level: 4, target: 8}
  handover: {level: 8, target: 10, rationale: Whoever leaves sits with whoever follows}
YAML
cat > "$work/outpatients.yaml" <<YAML
assess: knowledge-mobilisation
team: Outpatients
date: $(day '25 days ago')
ratings:
  sponsor: {level: 3, target: 6}
  plans: {level: 4, target: 7}
  leaders-example: {level: 6, target: 8}
  time-to-learn: {level: 7, target: 8}
  assurance: {level: 5, target: 6}
  learning-before: {level: 3, target: 7}
  learning-during: {level: 5, target: 9}
  learning-after: {level: 8, target: 9}
  handover: {level: 3, target: 8}
YAML
cat > "$work/last-year.yaml" <<YAML
assess: knowledge-mobilisation
team: Ward 7
date: $(day '1 year ago')
ratings:
  sponsor: {level: 3, target: 6, rationale: Nobody could say who it is}
  plans: {level: 3, target: 6}
  leaders-example: {level: 5, target: 7}
  time-to-learn: {level: 4, target: 7}
  assurance: {level: 2, target: 6}
  learning-before: {level: 5, target: 8, rationale: Some of us ask around}
  learning-during: {level: 7, target: 8, rationale: The huddle does it}
  learning-after: {level: 4, target: 7}
  handover: {level: 6, target: 8, rationale: There is a folder}
actions:
  - {action: Hold a Before Action Review before the next move, owner: Ward sister, due: $(day '300 days ago'),
     criterion: learning-before, technique: before-action-review, state: done, outcome: No bed was moved twice in May}
YAML
for file in theatres outpatients last-year; do
  "$kmtui" assess --answers "$work/$file.yaml" --workspace "$team" > "$work/id"
done
"$kmtui" setup save "$work/set-up.yaml" --workspace "$team" > "$work/out"
"$SHOT" -s 100x30 -p 0.3 -o "$here/set-up.png" -k Down Down Down wait:0.5 Enter wait:0.8 Enter wait:0.8 Down Down wait:0.5 \
  -- "$kmtui" --workspace "$team"

survey=$("$kmtui" survey create --setup "Whole team" --closes "12 days" --workspace "$team")
"$kmtui" survey form "$survey" --csv --workspace "$team" > "$work/columns.csv"
cat > "$work/answers.csv" <<CSV
Id,Your role,sponsor,plans,leaders-example,time-to-learn,assurance,learning-before,learning-before because,learning-during,learning-after,What people know when they leave
1,Nurse,6,3,5,4,don't know,4,We ask around when somebody is in,8,6,2
2,Nurse,7,5,6,4,3,6,,9,4,4
3,Nurse,5,4,6,2,3,2,Nobody asks at night,8,9,3
4,Physiotherapist,6,4,5,7,2,11,The therapists always search first,8,3,5
5,Nurse,6,5,4,3,don't know,5,,7,7,3
6,Ward sister,8,4,6,5,3,9,The last two moves had a review first,9,8,4
CSV
"$SHOT" -s 100x30 -p 0.3 -o "$here/columns.png" -k wait:0.5 Down Down Enter wait:0.5 "text:$work/answers.csv" Enter wait:0.8 \
  -- "$kmtui" resume "$survey" --workspace "$team"
"$kmtui" survey import "$survey" "$work/answers.csv" --map "handover=What people know when they leave" \
  --workspace "$team" > "$work/out"
"$SHOT" -s 100x30 -p 0.3 -o "$here/survey.png" -k wait:0.5 -- "$kmtui" resume "$survey" --workspace "$team"
"$SHOT" -s 100x30 -p 0.3 -o "$here/answering.png" -k wait:0.5 "text:Healthcare assistant" Enter wait:0.6 F8 F8 \
  wait:0.5 "text:6" wait:0.5 -- "$kmtui" survey answer "$survey" --workspace "$team"
"$kmtui" survey close "$survey" --leave-unfinished --workspace "$team" > "$work/out"
"$SHOT" -s 100x30 -p 0.4 -o "$here/differences.png" -k wait:1 C-r wait:0.8 \
  -- "$kmtui" resume "$survey" --workspace "$team"
printf '%s\n' "" "go sponsor" 6 "Everybody names the deputy chief nurse now" "" "" 8 "go leaders-example" 5 "" "" "" 7 \
  "go time-to-learn" 4 "" "" "" 7 "go learning-before" 6 "Days yes, nights no" "" "" 9 \
  "go learning-during" 8 "" "" "" 9 "go learning-after" 6 "" "" "" 8 \
  "go handover" 3 "The folder was three years old" "" "" 8 plan 1 4 "" 1 "" 1 2 plan \
  "edit 1" "" "Ward manager" "3 weeks" "" "Whoever follows can do the job in a month" "" now "" "" medium high \
  "edit 4" "" "Ward sister" "6 weeks" "" "No bed is moved twice" "" now "" "" low high "dots 1 6" "dots 3 2" \
  "dots 4 5" "next 2" "later 3" "not 5" "the search was done last month" "by priority" "" quit |
  "$kmtui" resume "$survey" --plain --workspace "$team" > "$work/out" || true
"$SHOT" -s 100x30 -p 0.4 -o "$here/then.png" -k wait:1 C-r wait:0.8 C-r wait:0.5 C-r wait:0.8 \
  -- "$kmtui" resume "$survey" --workspace "$team"
"$SHOT" -s 100x30 -p 0.4 -o "$here/plan.png" -k wait:1 C-l wait:1.2 F7 wait:1 shot:"$here/options.png" Escape wait:1 \
  -- "$kmtui" resume "$survey" --workspace "$team"
"$SHOT" -s 100x30 -p 0.4 -o "$here/trend.png" -k wait:0.8 C-p wait:0.5 "text:compare" wait:0.5 Enter wait:1 \
  C-g wait:0.6 Up Enter wait:1 shot:"$here/river.png" C-r wait:1 shot:"$here/stairs.png" C-r wait:1 \
  -- "$kmtui" --workspace "$team"

# Techniques: which one, groups, dots, and what an earlier session said
some="$work/techniques"
cat > "$work/before.yaml" <<YAML
technique: before-action-review
title: Ward move
team: Ward 7
date: $(day '9 days ago')
answers:
  intended: [All patients moved by noon, Nobody waits in a corridor]
  measures: [No bed is moved twice]
YAML
"$kmtui" run before-action-review --answers "$work/before.yaml" --workspace "$some" > "$work/id"
"$SHOT" -s 100x30 -p 0.3 -o "$here/which.png" -k wait:0.8 C-p wait:0.5 "text:find a technique" wait:0.5 Enter wait:1 \
  shot:"$here/techniques.png" F4 wait:0.6 "text:before" Enter "text:8" Enter "text:30" Enter "text:a new project" Enter \
  wait:1 -- "$kmtui" --workspace "$some"
"$SHOT" -s 100x30 -p 0.3 -o "$here/groups.png" -k wait:0.8 F8 wait:0.5 "text:Amina / pharmacy / north" Enter \
  "text:Ben / ward 7 / south" Enter "text:Cara / pharmacy / south" Enter "text:Dev / estates / north" Enter \
  "text:Ewa / library / south" Enter "text:draw 42" Enter wait:0.8 \
  -- "$kmtui" run randomised-coffee-trials --title "Coffee in June" --workspace "$some"
"$SHOT" -s 100x30 -p 0.3 -o "$here/dots.png" -k wait:0.8 C-g wait:0.4 Down Down Down Down Enter wait:0.5 \
  "text:The lift was out of order on the day" Enter "text:Nobody told the night staff" Enter \
  "text:The list came when the first bed had gone" Enter F8 wait:0.5 "text:2, 2, 3, 3, 3, 1" Enter wait:0.8 \
  -- "$kmtui" run premortem --title "Ward move" --people "ward sister, 2 porters, bed manager" --workspace "$some"
"$SHOT" -s 100x30 -p 0.3 -o "$here/thread.png" -k wait:0.8 F8 wait:0.8 \
  -- "$kmtui" aar --title "Ward move" --team "Ward 7" --workspace "$some"
