# POSIX XCU 2.9.2: pipelines.

#### the status of a pipeline is its last command's
false | true; echo $?; true | false; echo $?

#### an exclamation mark inverts the status
! true; echo $?; ! false; echo $?; ! true | false; echo $?

#### PIPESTATUS has the status of every stage
## dash: has no PIPESTATUS
## bash: has an array
false | true | (exit 3); echo $PIPESTATUS; echo $PIPESTATUS

#### PIPESTATUS of a killed stage is 128 and the signal
## dash: has no PIPESTATUS
## bash: has an array
sh -c 'kill -9 $$' 2>/dev/null | cat; echo $PIPESTATUS

#### data goes through all stages
printf 'b\na\n' | sort | tr a-z A-Z

#### a writer without a reader ends in silence
yes | head -n 1

#### a pipe ends when its writers do
echo a | { cat; echo b; }

#### every stage is a subshell
x=1; echo | x=2; echo $x; { x=3; } | :; echo $x

#### a stage can leave its subshell
echo a | { cat; exit 3; }; echo $?; exit 4 | true; echo $?

#### a stage can change its folder
cd / | pwd >/dev/null; cd / | cat; echo hi | { cd /; pwd; }

#### redirections come after the pipe
echo hi >f | cat; cat f; echo a 2>&1 | cat; echo x | cat <f

#### standard error goes through a pipe
no-such-program 2>&1 | wc -l | tr -d ' '

#### a program that is not there does not stop the others
no-such-program 2>/dev/null | echo hi; echo hi | no-such-program 2>/dev/null; echo $?

#### built-ins write into pipes
echo a | cat; pwd | wc -l | tr -d ' '; export | cat >/dev/null; true | cat

#### a built-in at the end writes to the shell's output
cat /dev/null | echo end

#### more than a pipe holds
printf '%0100000d' 0 | cat | cat | wc -c | tr -d ' '

#### a long echo does not block
x=0123456789; x=$x$x$x$x$x$x$x$x$x$x; x=$x$x$x$x$x$x$x$x$x$x; x=$x$x$x$x$x$x$x$x$x$x; x=$x$x$x$x$x$x$x$x$x$x; echo $x | wc -c | tr -d ' '; echo $x | true

#### a FIFO is opened by the stages
mkfifo f; echo hi > f | cat < f

#### a FIFO is opened in the background
mkfifo f; cat < f & echo hi > f; wait

#### a pipeline may go on in the next line
echo a |
cat |

# comment
cat

#### a pipe reads nothing of the script
echo a | cat; echo b

#### nested pipelines
( echo a | cat ) | { cat | cat; }

#### an exclamation mark may stand before a group
! { false; }; echo $?; ! (exit 3); echo $?

#### an exclamation mark ends at the and-or operator
! true && echo no || echo yes; ! false && echo b

#### an exclamation mark that is quoted is a program
'!' true 2>/dev/null; echo $?

#### an exclamation mark in the middle is an error
echo a | ! cat

#### PIPESTATUS of a single command
## dash: has no PIPESTATUS
## bash: has an array; `$PIPESTATUS` is its first member
(exit 3) | true; echo $PIPESTATUS; (exit 4); echo $PIPESTATUS; ! (exit 5); echo $PIPESTATUS

#### a failed stage does not end the shell
false | false; echo after

#### the message of a missing program goes through a pipe
no-such-program 2>&1 | tr a-z A-Z | tr -d ':-' | wc -l | tr -d ' '

#### standard error is redirected before the pipe is
{ echo a; echo b >&2; } 2>&1 >f | cat; cat f

#### a redirection wins over the pipe
echo a >f | cat; echo b | cat <f

#### stages run at the same time
mkfifo f g; { cat f; echo a >g; } | { echo b >f; cat g; }

#### a stage is not started late
mkfifo f; cat f | cat & echo a >f; wait

#### an export in a stage is lost
export x=1 | true; echo "[$x]"

#### an exec in a stage replaces it
exec echo a | exec cat; echo b

#### a reader that ends early ends the writer
yes | true; echo $?

#### thirty stages
echo a|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat|cat

#### a built-in that writes to a descriptor of the script does not wait in the shell
mkfifo p; exec 3<>p; yes | head -c 65536 >&3; echo hi >&3 | head -c 65538 <&3 | tail -c 3

#### a broken pipe at the end of a pipeline does not end the shell
{ sleep 0.1; true | echo hi; echo survived >s; } | true; cat s

#### pipefail gives the last failure
## dash: has no pipefail
set -o pipefail; (exit 3) | (exit 4) | true; echo $?; true | (exit 5) | true; echo $?; true | true; echo $?; ! false | true; echo $?; set +o pipefail; false | true; echo $?

#### ! and pipelines
! true; echo $?; ! false; echo $?; ! true | false; echo $?; ! (exit 3); echo $?; ! { false; } && echo and

#### PIPESTATUS behind a subshell is its own
## dash: has none
(false | true); echo "$PIPESTATUS"

#### time has an end of options
## dash: has no such reserved word
## bash: in POSIX mode a `-` behind it makes it a program
{ time -- echo one; time -p -- echo two; time -- ! true; echo $?; } 2>/dev/null; -- 2>/dev/null || echo $?
