# POSIX XCU 2.15 exec.

#### exec replaces the shell by a program
exec sh -c 'echo $0 $1; exit 3' a b; echo no

#### exec keeps the process ID
echo $$ >f; exec sh -c 'test $$ = "$1" && echo same' sh $$

#### exec in a subshell replaces the subshell
(exec echo a); echo b

#### exec in a pipeline replaces its stage
exec echo a | cat; echo b

#### exec redirects the output of what follows
exec >f; echo a; echo b; cat f >&2

#### exec redirects several descriptors in order
exec 3>f 4>&3; echo a >&4; echo b >&3; cat f

#### exec closes a descriptor
exec 3>f; exec 3>&-; (echo a >&3) 2>/dev/null; test $? -ne 0 && echo closed

#### exec saves and restores an output
exec 3>&1 >f; echo a; exec >&3 3>&-; echo b; cat f

#### descriptors of exec are given to programs
echo hi >f; exec 3<f; cat <&3

#### programs share the offset of a descriptor of exec
printf 'a\nb\n' >f; exec 3<f; head -c 2 <&3; cat <&3

#### exec with a redirection and a program
exec echo a >f

#### a redirection of exec in a subshell is its own
(exec >f; echo a); echo b; cat f

#### a redirection of exec in braces stays
{ exec >f; }; echo a; cat f >&2

#### exec of what is not there is 127
(exec no-such-program) 2>/dev/null; echo $?

#### exec of what is not executable is 126
>f; (exec ./f) 2>/dev/null; echo $?

#### exec of a folder is 126
(exec /) 2>/dev/null; echo $?

#### exec of a text without an interpreter line runs it
echo 'echo $1' >s; chmod +x s; exec ./s a

#### exec without anything succeeds
false; exec; echo $?

#### exec runs programs even where a built-in has the name
(PATH=; exec true) 2>/dev/null; echo $?

#### an assignment before exec without a program stays
x=1 exec 3>&-; echo $x

#### an exec that cannot redirect runs nothing
## dash: its status is 2; POSIX wants any but 0
exec echo no <missing

#### exec dash dash
## dash: takes it for a program
exec -- echo a

#### input of exec is read by what follows in turn
printf 'a\nb\n' >f; exec <f; head -c 2; echo -; cat

#### exec in one stage leaves the others their outputs
exec 3>&1; { echo a >&3; } | cat >/dev/null; { exec >f; echo b; } | cat; cat f

#### an assignment before exec is given to the program
x=1 y=$x exec sh -c 'echo $x $y'

#### exec with a redirection only
exec 3>f; echo a >&3; exec 3>&-; (echo b >&3) 2>/dev/null || echo closed; cat f; exec 4<f; read x <&4; echo $x

#### exec of what is not there
(exec ./nosuch; echo no) 2>/dev/null; echo $?; >f; (exec ./f) 2>/dev/null; echo $?; (exec /; echo no) 2>/dev/null; echo $?

#### exec keeps assignments for the program
x=1 exec sh -c 'echo $x'
