# POSIX XCU wait.

#### wait without anything to wait for succeeds
wait; echo $?

#### wait without operands succeeds whatever the lists did
false & wait; echo $?

#### wait for a process ID has its status
sh -c 'exit 5' & wait $!; echo $?

#### wait for several has the status of the last
sh -c 'exit 5' & a=$!; sh -c 'exit 6' & b=$!; wait $b $a; echo $?

#### wait for one that has ended already
sh -c 'exit 5' & a=$!; echo | cat; sh -c 'exit 7'; wait $a; echo $?

#### the status of each is kept until it is asked for
true & a=$!; sh -c 'exit 3' & b=$!; sh -c 'exit 4' & c=$!; wait $c; echo $?; wait $b; echo $?; wait $a; echo $?

#### wait for a killed one is 128 and the signal
sh -c 'kill -15 $$' & wait $! 2>/dev/null; echo $?

#### wait in a subshell knows no child of the shell
sleep 0 & (wait $! 2>/dev/null; echo $?); wait

#### wait for what is no process ID fails
wait abc 2>/dev/null; test $? -ne 0 && echo failed

#### an unknown one at the end is 127
## dash: passes over it; POSIX has the status of the last operand
true & wait $! 1 2>/dev/null; echo $?

#### a known one at the end counts
sh -c 'exit 5' & wait 1 $! 2>/dev/null; echo $?

#### wait for a pipeline has the status of its last stage
sh -c 'exit 3' | sh -c 'exit 4' & wait $!; echo $?

#### wait for a group
{ true; sh -c 'exit 6'; } & wait $!; echo $?

#### the process ID of the last list stays
sleep 0 & a=$!; true | true; test "$a" = "$!" && echo same; wait

#### no list has no process ID
echo "[$!]"

#### wait sees what a list has written
mkfifo p; { cat p; echo b; } >f & echo a >p; wait; cat f

#### a list in the background of a subshell is waited for there
(sh -c 'exit 5' & wait $!; echo $?)

#### wait dash dash
true & wait -- $!; echo $?

#### wait for a list that is killed meanwhile
mkfifo f; cat f & sh -c 'kill $1' sh $!; wait $! 2>/dev/null; echo $?

#### wait twice for one
## dash: remembers it; POSIX forgets what wait has told
sh -c 'exit 3' & a=$!; wait $a; echo $?; wait $a 2>/dev/null; echo $?

#### wait in a subshell and after it
sh -c 'exit 5' & (wait $! 2>/dev/null; echo $?); wait $!; echo $?

#### wait for several, for what is no child, and a second time
(exit 3) & a=$!; (exit 4) & b=$!; wait $a $b; echo $?; wait 1 2>/dev/null; echo $?; (exit 5) & wait $!; echo $?; wait; echo $?

#### wait remembers a status until it is asked for
(exit 7) & p=$!; sleep 0.1; :; wait $p; echo $?

#### a trapped signal ends wait, which can be called again
mkfifo go; trap got=yes USR1; (read x <go; exit 9) & p=$!; (until [ -e ok ]; do kill -USR1 $$; sleep 0.1; done) & wait $p; [ $? -gt 128 ] && echo early $got; trap '' USR1; : >ok; echo >go; wait $p; echo $?

#### bg tells the job as it was written, and $! is its process
## dash: has no job control without a terminal
## bash: has no job control without a terminal
set -m; sh -c 'kill -STOP $$; exit 3' 2>/dev/null; bg; wait $!; echo $?

#### a job from before set -m is none that fg and bg continue
## dash: has no job control without a terminal
sleep 0.1 & set -m; fg %1 2>/dev/null; echo $?; bg %1 2>/dev/null; echo $?; jobs | grep -c Running; wait $!; echo $?

#### without job control, who is stopped has not ended
sh -c 'kill -STOP $$; exit 3' & p=$!; (until read _ _ state _ </proc/$p/stat && [ "$state" = T ]; do :; done; kill -CONT $p) & wait $p; echo $?
