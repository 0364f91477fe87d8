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
