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
