# POSIX XCU 2.7: redirection.

#### output and input
echo hi >f; cat <f

#### output truncates and appending does not
echo long >f; echo a >f; echo b >>f; cat f

#### clobbering is output
echo a >f; echo b >|f; cat f

#### reading and writing does not truncate
echo abc >f; echo x 1<>f; cat f

#### redirections are made in order
sh -c 'echo out; echo err >&2' 2>&1 >f; echo -; cat f

#### both outputs to a file
sh -c 'echo out; echo err >&2' >f 2>&1; cat f

#### descriptors with numbers
sh -c 'echo three >&3' 3>f; cat f

#### a descriptor can be swapped
{ sh -c 'echo out; echo err >&2' 3>&1 1>&2 2>&3 3>&-; } 2>/dev/null

#### closing a descriptor
sh -c 'echo hi' >&- 2>/dev/null; test $? -ne 0; echo $?

#### a closed descriptor cannot be duplicated
## dash: its status is 2; POSIX wants any but 0
echo hi >&7; echo $?

#### a redirection may stand before the command
>f echo hi; <f cat

#### a redirection without a command makes the file
>f; test -f f; echo $?

#### a missing file is status 1 or more and the command does not run
cat <missing && echo no; test $? -ne 0 && echo failed

#### a missing folder is told
echo hi >a/b/c; echo after

#### a directory cannot be written
echo hi >.; echo after

#### a failed redirection of a regular built-in lets the script go on
pwd </missing; echo after

#### a failed redirection of a special built-in ends the script
## dash: its status is 2; POSIX wants any but 0
: </missing; echo after

#### a failed redirection of exec ends the script
## dash: its status is 2; POSIX wants any but 0
exec </missing; echo after

#### a failed redirection of a group lets the script go on
{ echo no; } </missing; echo after

#### redirections of a group hold for all of it
{ echo a; echo b; } >f; cat f; ( echo c; echo d ) >>f; cat f

#### redirections of a built-in are undone
echo a >f; echo b; pwd >/dev/null; echo c

#### a descriptor in a variable
n=1; echo hi >&$n; x=-; echo hi 2>&$x

#### what is no descriptor is refused
## dash: refuses it as a syntax error; POSIX leaves it open
## bash: writes both outputs to a file of that name; POSIX leaves it open
echo hi >&x; echo $?

#### a target is not split
x='a b'; echo hi >$x; ls

#### the standard input of an asynchronous list is empty
cat & wait

#### an empty name is no file
## dash: its status is 2; POSIX wants any but 0
echo hi >''; echo $?

#### reading from a closed standard input fails
cat <&- 2>/dev/null; test $? -ne 0; echo $?

#### the same descriptor twice
echo hi >a >b; cat a b
