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

#### a redirection that fails keeps those before it
echo a >f </missing; test -f f && cat f; echo b

#### the first redirection that fails ends them
echo a </missing >f; test -f f || echo none

#### a redirection that fails is an operand of and-or
echo a </missing || echo b; ! echo a </missing && echo c

#### a redirection that fails in a pipeline fails its stage only
: </missing | echo a; echo $?; echo b | cat </missing; test $? -ne 0 && echo failed

#### assignments are not made where the redirection fails
## bash: makes them; POSIX leaves it open
x=1 </missing; echo "[$x]"

#### an asynchronous list reads nothing
## bash: reads what the shell reads; POSIX 2.9.3.1 wants /dev/null
echo a | { cat & wait; }

#### an explicit redirection of an asynchronous list holds
echo a >f; cat <f & wait

#### a descriptor is copied as it is at that time
sh -c 'echo out; echo err >&2' 3>&1 >f 2>&3; cat f

#### a descriptor is closed for one command only
exec 3>f; (echo a >&3) 3>&- 2>/dev/null; echo b >&3; cat f

#### append goes to the end even after others
{ echo a; echo b >>f; echo c; } >>f; cat f

#### readers share an offset
printf 'a\nb\nc\n' >f; { head -c 2; echo -; cat; } <f

#### reading and writing makes the file
: <>f; test -f f && echo made

#### input at a descriptor of its own
echo a >f; cat 3<f <&3

#### a redirection may stand between the words
echo a >f b; >>f echo c; cat f

#### a redirection alone leaves status 0
false; >f; echo $?

#### the target of a redirection may be quoted
echo a >"x y"; echo b >>'x y'; cat x\ y

#### the target of a redirection may be an expansion
f=x; echo a >$f.1; echo b >"$f".2; cat x.1 x.2

#### a redirection of a subshell
(echo a; echo b >&2) >f 2>&1; cat f

#### a loop of links is told
ln -s l l; (echo a >l); test $? -ne 0 && echo failed

#### a write to a full disk is told
(echo a; echo b) >/dev/full; test $? -ne 0 && echo failed

#### a program whose output is closed
cat /dev/null >&-; echo $?

#### descriptors of two digits beside an output that is put aside
## dash: knows descriptors of one digit
exec 10>&-; { echo a; echo b >&10; } >f 10>g; cat f g

#### several descriptors of two digits at once
## dash: knows descriptors of one digit
exec 10>f 11>&- 12>&-; { echo a >&10; echo b >&11; echo c >&12; } 10>f 11>g 12>h; cat f g h

#### a descriptor that was closed before cannot be copied
## dash: its status is 2; POSIX wants any but 0
exec 3>&1; echo a 3>&- >&3; echo $?; echo b >&3

#### the outputs of nested groups
{ { echo a; echo b >&2; } >f; { echo c >&2; } 2>g; } 2>h; cat f g h


#### without a command, redirections are made in a subshell
## dash: the shell itself makes them
## bash: the shell itself makes them
unset x; >${x=f}; ls; echo ${x-unset}

#### without a command, a redirection whose expansion fails ends the shell
## bash: gives 127
unset x; >${x?not here}; echo no

#### duplicated and moved descriptors in order
{ echo out; echo err >&2; } >f 2>&1; cat f; { echo out; echo err >&2; } 2>&1 >f | sed 's/^/p:/'; cat f; { echo a >&3; } 3>&1; echo b 3>&1 >&3; (exec 5>f; echo c >&5; exec 6>&5 5>&-; echo d >&6); cat f

#### <> opens for both and does not truncate
echo abcdef >f; printf X 1<>f; cat f; exec 3<>f; read x <&3; echo $x; echo new >&3; cat f

#### >& of a closed descriptor is an error
(echo a >&7) 2>/dev/null; [ $? -ne 0 ] && echo refused; (cat <&7) 2>/dev/null || echo refused

#### a descriptor that is not open
for r in 'echo x >&7' 'cat <&7' ': 5>&7' 'exec 7>&- 8<&7' 'true 3<&0 4>&7'; do (eval "$r"; test $? -ne 0 && echo failed) 2>/dev/null || echo ended; done

#### a descriptor that is open for another use
exec 3</dev/null 4>/dev/null; : >&3 && echo a; : <&4 && echo b; { echo c >&3; } 2>/dev/null || echo failed

#### process substitutions of a compound command are closed when it is over
## dash: has none
## bash: has none in posix mode
ulimit -n 40; i=0; while [ $i -lt 60 ]; do while read x; do :; done < <(echo a); i=$((i+1)); done; echo $i $x
mkfifo p; { echo b; echo a; } > >(sort >p); cat p

#### process substitutions that are over leave nothing
## dash: has none
## bash: has none in posix mode
mkfifo p; i=0; while [ $i -lt 40 ]; do : <(: >p); read x <p; i=$((i+1)); done
[ "$(ps -o stat= --ppid $$ | grep -c Z)" -lt 30 ] && echo few
