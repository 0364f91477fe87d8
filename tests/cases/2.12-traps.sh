#### EXIT at the end
trap 'echo bye' EXIT; echo a

#### EXIT by number
trap 'echo bye' 0; echo a

#### EXIT after exit, with its status
trap 'echo bye $?' EXIT; exit 3

#### the status of exit in the trap
trap 'exit 5' EXIT; exit 3

#### exit without operand in the trap
trap 'false; exit' EXIT; exit 3

#### the status stays without exit in the trap
trap 'false' EXIT; (exit 4)

#### EXIT in a subshell
trap 'echo outer' EXIT; (trap 'echo inner' EXIT; echo in); (echo none); x=$(echo sub); echo $x

#### EXIT reset
trap 'echo no' EXIT; trap - EXIT; echo ok

#### EXIT reset by a number
trap 'echo no' EXIT; trap 0; echo ok

#### EXIT after an error
## bash: its status is 127
trap 'echo bye' EXIT; : ${x?} 2>/dev/null; echo no

#### a signal
trap 'echo got' USR1; kill -USR1 $$; echo after

#### $? is kept
trap 'false' USR1; true; kill -USR1 $$; echo $?; (exit 3); kill -s USR1 $$; echo $?

#### several conditions
trap 'echo sig' USR1 USR2; kill -USR1 $$; kill -USR2 $$; echo end

#### names and numbers
trap 'echo hup' 1; kill -HUP $$; trap 'echo hup2' SIGHUP 2>/dev/null || trap 'echo hup2' HUP; kill -1 $$

#### ignored
trap '' USR1; kill -USR1 $$; echo alive; sh -c 'kill -USR1 $$; echo child alive'

#### reset to default
## dash: says which signal
(trap 'echo no' USR1; trap - USR1; sh -c 'kill -USR1 $PPID'; echo no) 2>/dev/null; test $? -gt 128 && echo killed

#### a subshell resets traps
## dash: says which signal
trap 'echo no' USR1; (sh -c 'kill -USR1 $PPID'; echo no) 2>/dev/null; test $? -gt 128 && echo killed

#### a subshell keeps ignored signals
trap '' USR1; (sh -c 'kill -USR1 $PPID'; echo alive)

#### programs get the default
trap 'echo no' USR1; sh -c 'kill -USR1 $$; echo no' 2>/dev/null; test $? -gt 128 && echo killed

#### a trap listed
## dash: forgets it in a pipeline
## bash: quotes otherwise
trap 'echo a' USR1; trap "it's" INT; trap | sort

#### a trap listed in a substitution
## dash: forgets it
trap 'echo a' USR1; x=$(trap); echo "$x"

#### a listing can be read back
## dash: forgets it
trap 'echo "a  b" $x' EXIT; x=$(trap); trap - EXIT; eval "$x"; x=5

#### a trap is expanded when it runs
x=1; trap 'echo $x' USR1; x=2; kill -USR1 $$

#### double quotes expand when it is set
x=1; trap "echo $x" USR1; x=2; kill -USR1 $$

#### a trap in a function
f() { trap 'echo in $1' USR1; kill -USR1 $$; }; set -- outer; f inner; kill -USR1 $$

#### a trap that returns
f() { trap 'return 5' USR1; kill -USR1 $$; echo no; }; f; echo $?

#### a trap that breaks
## dash: goes on
while :; do trap break USR1; kill -USR1 $$; echo no; break; done; echo out

#### a trap that exits
trap 'echo bye; exit 7' USR1; kill -USR1 $$; echo no

#### a trap changes variables
trap x=2 USR1; x=1; kill -USR1 $$; echo $x

#### a trap during a foreground program waits for it
trap 'echo trapped' USR1; sh -c 'kill -USR1 $PPID; echo child'; echo after

#### wait is interrupted
trap got=trapped USR1; sleep 50 & p=$!; (until [ -e ok ]; do kill -USR1 $$; sleep 0.1; done) & wait $p; s=$?; trap '' USR1; : >ok; echo $got; test $s -gt 128 && echo interrupted; kill $p

#### a trap in a loop
trap 'n=$((n+1))' USR1; n=0; for i in 1 2 3; do kill -USR1 $$; done; echo $n

#### an unknown signal
trap 'echo no' NOSUCH 2>/dev/null; echo $?

#### several with an unknown one
(trap 'echo ok' NOSUCH USR1) 2>/dev/null; echo end

#### an empty action for EXIT
trap '' EXIT; echo end

#### EXIT runs once
trap 'echo once; exit' EXIT; exit

#### EXIT in a pipeline's stage
{ trap 'echo bye' EXIT; echo a; } | cat

#### EXIT in the background
{ trap 'echo bye' EXIT; echo a; } & wait

#### EXIT before exec does not run
trap 'echo no' EXIT; exec echo end

#### a trap with a syntax error
## bash: goes on
## dash: ends the shell
trap 'echo (' USR1; kill -USR1 $$ 2>/dev/null; echo after

#### EXIT after a signal that is trapped
trap 'echo exit' EXIT; trap 'echo term; exit 1' TERM; kill -TERM $$; echo no

#### reset of all that were trapped
trap 'echo a' USR1 USR2 EXIT; trap - USR1 USR2 EXIT; trap

#### an action that is a number resets
trap 'echo no' USR1 EXIT; trap 0 USR1 2>/dev/null; trap

#### $? in an EXIT trap
trap 'echo $?' EXIT; false

#### $? of exit in a function
trap 'echo $?' EXIT; f() { exit 6; }; f

#### -- before the action
trap -- 'echo bye' EXIT; echo a

#### the trap of a killed subshell
(trap 'echo got; exit 0' TERM; sh -c 'kill -TERM $PPID'; :); echo $?


#### exit in a subshell of a trap takes the status of the subshell
## dash: takes the status before the trap
## bash: takes the status before the trap
trap '((exit 2); exit); echo $?' USR1
(exit 1)
kill -USR1 $$

#### return in a function that a trap calls takes the function's status
## dash: takes the status before the trap
## bash: takes the status before the trap
fn() { true; return; }
trap 'fn; echo trapped $?' USR1
(kill -USR1 $$; exit 42)
echo $?

#### exit in a function that a trap calls takes the status before the trap
fn() { true; exit; }
trap 'fn' USR1
(kill -USR1 $$; exit 42)

#### an EXIT trap is not affected by redirections that held when it was set
{ trap 'echo foo' EXIT; } >/dev/null

#### an EXIT trap of a redirected subshell writes where the subshell does
(trap 'echo foo' EXIT) >file; echo "[$(cat file)]"

#### -p tells defaults too
## dash: has no -p
## bash: leaves out what is not trapped
trap 'echo got' USR1
saved=$(trap -p USR1 USR2)
trap 'echo other' USR1 USR2
eval "$saved"
kill -USR1 $$
trap

#### -p without operands can be read back
## dash: has no -p
## bash: leaves out what is not trapped
trap -p >saved; trap 'echo no' EXIT INT; . ./saved; trap; grep -c KILL saved

#### EXIT runs once, at every way out
(trap 'echo bye' EXIT); (trap 'echo bye; exit 3' EXIT; exit 2); echo $?; (trap 'echo $?' EXIT; exit 4); sh -c 'trap "echo x" EXIT; kill -TERM $$' 2>/dev/null; (trap 'echo set-e' EXIT; set -e; false); (trap 'echo u' EXIT; : ${nosuch?}) 2>/dev/null; echo end

#### traps are reset in subshells, ignored signals stay
trap 'echo no' USR1; trap '' USR2; (trap - USR2; trap) | sort >/dev/null; sh -c 'kill -USR2 $$; echo ignored'; (sh -c 'kill -USR2 $$; echo ignored too')

#### a trap runs between commands, with $? kept
trap 'echo t; false' USR1; kill -USR1 $$; echo $?; (exit 3); kill -USR1 $$; echo $?

#### a trap may set traps, exit, and change variables
trap 'x=2; trap "echo second" USR1' USR1; kill -USR1 $$; echo $x; kill -USR1 $$; trap 'exit 5' USR1; (trap 'exit 6' USR1; sh -c 'kill -USR1 $PPID'; sleep 0); kill -USR1 $$; echo no

#### ignored on entry cannot be trapped
sh -c 'trap "" USR1; exec "$0" -c "trap \"echo no\" USR1; kill -USR1 \$\$; echo still"' sh

#### an asynchronous list may trap the INT and QUIT that it ignores at first
## dash: they stay ignored, as if they had been so when the shell began
{ trap 'echo got; exit 3' INT; sh -c 'kill -QUIT $PPID; kill -INT $PPID'; echo no; } & wait $!; echo $?
sh -c 'trap "" INT; exec "$0" -c "{ trap \"echo no\" INT; sh -c \"kill -INT \\\$PPID\"; echo still; } & wait"' sh

#### SIGCHLD ignored
trap '' CHLD; sh -c 'exit 3'; echo $?; (umask 0; sh -c 'exit 4'; echo $?); sh -c 'exit 5' & wait $!; echo $?

#### INT while a redirection waits for a writer
## dash: gives up opening, and has no trap run
mkfifo p; trap 'echo trap; exit 3' INT
until read _ _ state _ </proc/$$/stat && [ "$state" = S ]; do :; done && kill -INT $$ &
: <p

#### a signal while a script on a pipe is waited for
mkfifo p; { echo 'trap "echo trapped" USR1; echo $$ >p'; read pid <p
until read _ _ state _ </proc/$pid/stat && [ "$state" = S ]; do :; done; kill -s USR1 "$pid"; echo 'echo more'; } | sh

#### INT for the shell from its subshell
trap 'echo T' INT; (kill -s INT $$; exit 2); echo Z $?; (kill -INT $$; :; exit 3); echo Z $?
x=$(kill -INT $$; echo hi; exit 4); echo Z $? $x

#### ERR runs once for a failure that functions hand on
## dash: has no ERR
f() { false; }; g() { f; }; h() { return 3; }; trap 'echo "E $?"' ERR
g; f; h; false; f | f; (f); { f; }; f || :; ! g; { f; } 2>/dev/null; { :; } 2>/dev/null 3>/none/x; x=$(g); echo end

#### real-time signals have traps
trap 'echo one' RTMIN+1; trap 'echo last' 64; trap '' RTMIN+2; kill -35 $$; kill -RTMAX $$; kill -RTMIN+2 $$; sh -c 'kill -36 $$; echo ignored'
trap - RTMIN+1 RTMAX; (trap 'echo no' RTMIN+1; trap - RTMIN+1; sh -c 'kill -35 $$'; exit) 2>/dev/null; echo $?; trap 2>/dev/null x 65 || echo none

#### they interrupt wait, and are listed
## dash: begins each subshell without the traps it lists, and tells 0
trap got=r RTMIN; (until [ -e ok ]; do kill -RTMIN $$; sleep 0.1; done) & wait $!; s=$?; : >ok; wait; echo $got $s; trap; (trap)

#### return leaves the EXIT trap with the status that the shell had
## bash: refuses it there
(trap 'return 3' EXIT; exit 5) 2>/dev/null; echo $?

#### signals that were ignored from the start are listed
## dash: lists none
trap '' TERM; /proc/$$/exe -o posix -c 'trap; trap -p TERM; trap "echo no" TERM; trap "" HUP; trap; (trap)'

#### signals that came together have their traps in the order of their numbers
trap 'echo two' USR2; trap 'echo one' USR1; (kill -USR2 $$; kill -USR1 $$); echo end
