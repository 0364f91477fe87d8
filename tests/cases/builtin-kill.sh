# POSIX XCU kill.

#### kill sends SIGTERM
sleep 10 & kill $!; wait $! 2>/dev/null; echo $?

#### kill s with a name
sleep 10 & kill -s HUP $!; wait $! 2>/dev/null; echo $?

#### kill with a name
sleep 10 & kill -KILL $!; wait $! 2>/dev/null; echo $?

#### kill with a number
sleep 10 & kill -9 $!; wait $! 2>/dev/null; echo $?

#### kill s with a number
sleep 10 & kill -s 9 $!; wait $! 2>/dev/null; echo $?

#### kill s and its name in one word
sleep 10 & kill -sKILL $!; wait $! 2>/dev/null; echo $?

#### kill n with a number
## dash: does not know n
sleep 10 & kill -n 9 $!; wait $! 2>/dev/null; echo $?

#### a name in lower case
sleep 10 & kill -s kill $!; wait $! 2>/dev/null; echo $?; sleep 10 & kill -usr1 $!; wait $! 2>/dev/null; echo $?

#### a name that begins like an option
## bash: takes it for the option
mkfifo p; cat p & kill -stop $!; kill -cont $!; kill $!; wait $! 2>/dev/null; echo $?

#### a name with SIG
## dash: knows the names without it
## bash: knows the names without it in POSIX mode
mkfifo f; sleep 10 & kill -s SIGKILL $!; wait $! 2>/dev/null; echo $?; sh -c 'echo >f; exec sleep 10' & read x <f; kill -sigint $!; kill -SIGTERM $!; wait $! 2>/dev/null; echo $?

#### dash dash before the processes
sleep 10 & kill -- $!; wait $! 2>/dev/null; echo $?

#### dash dash after the signal
## dash: knows it after s only
sleep 10 & kill -s KILL -- $!; wait $! 2>/dev/null; echo $?; sleep 10 & kill -9 -- $!; wait $! 2>/dev/null; echo $?

#### several processes
sleep 10 & a=$!; sleep 10 & kill $a $!; wait $a 2>/dev/null; echo $?; wait $! 2>/dev/null; echo $?

#### real-time signals by their names
sleep 10 & kill -RTMIN $!; wait $! 2>/dev/null; echo $?; sleep 10 & kill -s RTMIN+2 $!; wait $! 2>/dev/null; echo $?; sleep 10 & kill -s RTMAX-1 $!; wait $! 2>/dev/null; echo $?

#### signal 0 asks whether there is a process
kill -0 $$ && echo there; kill -s 0 $$ && echo there; kill -0 3999999 2>/dev/null || echo none

#### signal 0 ends nobody
sleep 10 & kill -0 $! && kill -KILL $!; wait $! 2>/dev/null; echo $?

#### a shell may end itself
kill $$; echo not reached

#### a process that is not there fails
kill 3999999 2>/dev/null; test $? -ne 0 && echo failed

#### a process that is not there keeps none from its signal
## bash: succeeds if there is one of them; POSIX asks for all
sleep 10 & kill 3999999 $! 2>/dev/null; test $? -ne 0 && echo failed; wait $! 2>/dev/null; echo $?

#### what is no process fails
(kill abc) 2>/dev/null; test $? -ne 0 && echo failed; (kill '') 2>/dev/null; test $? -ne 0 && echo failed; (kill 12x) 2>/dev/null; test $? -ne 0 && echo failed

#### what is no process is said
(kill abc); test $? -ne 0 && echo failed

#### an unknown signal fails
(kill -s NOSUCH $$) 2>/dev/null; test $? -ne 0 && echo failed; (kill -NOSUCH $$) 2>/dev/null; test $? -ne 0 && echo failed; (kill -s 99 $$) 2>/dev/null; test $? -ne 0 && echo failed

#### an unknown signal is said
(kill -s NOSUCH $$); test $? -ne 0 && echo failed

#### kill without operands fails
(kill) 2>/dev/null; test $? -ne 0 && echo failed; (kill -s) 2>/dev/null; test $? -ne 0 && echo failed; (kill -9) 2>/dev/null; test $? -ne 0 && echo failed

#### a job by its number
## dash: asks for job control
sleep 10 & kill %1; wait $! 2>/dev/null; echo $?

#### the current and the previous job
## dash: asks for job control
sleep 10 & a=$!; sleep 10 & kill -s KILL %+; kill -s TERM %-; wait $a 2>/dev/null; echo $?; wait $! 2>/dev/null; echo $?

#### a job by the beginning of its command
## dash: asks for job control
sleep 10 & kill %sleep; wait $! 2>/dev/null; echo $?

#### every process of a job
## dash: signals the first one alone
mkfifo p q; cat p | cat q & kill %1; wait $! 2>/dev/null; echo $?; echo | cat

#### a job that is not there fails
(kill %7) 2>/dev/null; test $? -ne 0 && echo failed

#### a process group
mkfifo f; setsid sh -c 'echo >f; exec sleep 10' & cat f; kill -- -$!; wait $! 2>/dev/null; echo $?

#### a process group after a signal
mkfifo f; setsid sh -c 'echo >f; exec sleep 10' & cat f; kill -KILL -$!; wait $! 2>/dev/null; echo $?

#### the group of the shell
kill -s URG 0; echo $?; kill -0 0; echo $?

#### the name of a signal
kill -l 1; kill -l 2; kill -l 9; kill -l 15; kill -l 17

#### the signal of a status
kill -l 143; kill -l 137; mkfifo f; sh -c 'echo >f; exec sleep 10' & read x <f; kill -s INT $!; kill -s USR2 $!; wait $! 2>/dev/null; kill -l $?

#### several statuses
## dash: passes over all but the first
kill -l 1 130 9; kill -l -- 15

#### the names of real-time signals
kill -l 34; kill -l 35; kill -l 49; kill -l 50; kill -l 64

#### the number of a name
## dash: knows only numbers here
kill -l TERM; kill -l usr1

#### no signal has this number
## bash: knows 0 as EXIT
(kill -l 0) 2>/dev/null || echo failed; (kill -l 100) 2>/dev/null || echo failed; (kill -l 255) 2>/dev/null || echo failed

#### all names
## dash: gives a line to each, and numbers that have no name
kill -l

#### kill -0 of a child that has ended
sleep 0.1 & pid=$!
n=0; while kill -0 $pid 2>/dev/null; do n=$((n+1)); [ $n -gt 1000000 ] && break; done
echo over; wait $pid; echo $?

#### kill -l both ways
kill -l 15; kill -l $((128+9)); for s in HUP INT TERM; do kill -l $(sh -c "kill -s $s \$\$" 2>/dev/null; echo $?); done; kill -l | tr ' \t' '\n\n' | grep -c 'HUP$'

#### kill by name, by number and with --
## dash: tells of jobs that were killed
sleep 10 & p=$!; kill -s TERM -- $p; wait $p; echo $?; sleep 10 & p=$!; kill -KILL $p; wait $p; echo $?; sleep 10 & p=$!; kill -1 $p; wait $p; echo $?; kill -s 0 $$ && echo there; kill -0 $$ && echo there; kill -s NOSUCH $$ 2>/dev/null || echo none
