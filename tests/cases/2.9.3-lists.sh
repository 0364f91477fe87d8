# POSIX XCU 2.9.3: lists.

#### and runs on success
true && echo a; false && echo b; echo $?

#### or runs on failure
false || echo a; true || echo b; echo $?

#### and and or bind equally
true || echo a && echo b; false && echo c || echo d

#### a list may go on in the next line
true &&
echo a ||
echo b

#### sequential commands
echo a; echo b
echo c;

#### an asynchronous list is status 0
false & echo $?; wait

#### an asynchronous and-or list
( false && echo no || echo yes ) & wait; false && echo no || echo yes & wait

#### an asynchronous list is waited for by its process ID
sh -c 'exit 5' & wait $!; echo $?

#### an asynchronous pipeline has the status of its last command
true | sh -c 'exit 6' & wait $!; echo $?

#### an asynchronous built-in has a process ID
false & wait $!; echo $?; no-such-program 2>/dev/null & wait $!; echo $?

#### an asynchronous list does not change the shell
x=1; x=2 & wait; cd / & wait; echo $x; test "$PWD" = /; echo $?

#### several at once
echo a >f & echo b >g & wait; cat f g

#### an asynchronous inverted pipeline
## bash: gives the status before the inversion
! true & wait $!; echo $?

#### an asynchronous list does not wait
mkfifo f; cat f & echo first; echo second >f; wait

#### a failed command does not end a list
false; echo a
false
echo b

#### the status of an and-or list is that of what ran last
true && false || (exit 3); echo $?; false && true; echo $?

#### a long chain is taken from the left
false && echo a || true && echo b || echo c

#### an exclamation mark binds tighter than and
! true || echo a; ! false && echo b

#### an ampersand separates commands
echo a >f & wait; cat f& wait; echo b

#### a comment stands between the parts of a list
true && # first

# second
echo a

#### an asynchronous list leaves status 0 after a failure
false; true & echo $?; wait

#### an asynchronous list of several commands
{ echo a; echo b; } >f & wait; cat f

#### a variable of an asynchronous list is its own
x=1; { x=2; echo $x >f; } & wait; cat f; echo $x

#### an asynchronous subshell ends by itself
(exit 7) & wait $!; echo $?

#### an asynchronous program that is not there
no-such-program & wait $!; echo $?

#### exit in an asynchronous and-or list
false || exit 4 & wait $!; echo $?

#### $! is the last process of an asynchronous pipeline
sleep 0 | sh -c 'exit 6' & wait $!; echo $?; { exit 8; } & wait $!; echo $?

#### an asynchronous list and its status
false & echo $?; true && false & wait $!; echo $?; { sleep 0; exit 3; } & wait $!; echo $?
