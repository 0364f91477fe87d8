# POSIX XCU 2.9.1: simple commands.

#### an assignment before a program is in its environment only
x=1; x=2 sh -c 'echo $x'; echo $x; sh -c 'echo [$x]'

#### an assignment before a regular built-in is undone
x=1; x=2 pwd >/dev/null; echo $x

#### an assignment before a special built-in stays
x=1; x=2 :; echo $x

#### an assignment alone is status 0
false; x=1; echo $?

#### a program that is not there is 127
no-such-program; echo $?

#### a file that is not executable is 126
echo >f; ./f; echo $?

#### a directory is 126
mkdir d; ./d; echo $?

#### a text without an interpreter line is a script
echo 'echo $0 $1' >s; chmod +x s; ./s a; echo $?

#### an interpreter that is not there is told
echo '#!/no/such' >s; chmod +x s; ./s; echo $?

#### an empty expansion is no command
x=; $x; echo $?; $x echo hi

#### an expansion can be a command
x='echo hi'; $x there

#### an empty command name is not found
''; echo $?

#### a variable PATH is searched for the command itself
mkdir bin; echo 'echo mine' >bin/prog; chmod +x bin/prog; PATH=$PWD/bin:$PATH prog; PATH=$PWD/bin:$PATH; prog

#### a changed PATH drops what was found
mkdir a b; echo 'echo a' >a/prog; echo 'echo b' >b/prog; chmod +x a/prog b/prog; P=$PATH; PATH=$PWD/a:$P; prog; PATH=$PWD/b:$P; prog

#### a program that was removed is searched again
mkdir a b; echo 'echo a' >a/prog; echo 'echo b' >b/prog; chmod +x a/prog b/prog; PATH=$PWD/a:$PWD/b:$PATH; prog; rm a/prog; prog

#### an empty part of PATH is the working directory
echo 'echo here' >prog; chmod +x prog; PATH=:$PATH; prog

#### a name with a slash is not searched
mkdir d; echo 'echo d' >d/prog; chmod +x d/prog; d/prog

#### the status is that of the program
sh -c 'exit 7'; echo $?

#### a killed program is 128 and the signal
## bash: says so in interactive shells only
sh -c 'kill -9 $$'; echo $?

#### a killed program leaves what it wrote, and its pipe is not opened once more
sh -c 'echo kept >&2; kill -9 $$' 2>log; grep kept log; mkfifo f; cat f >/dev/null & { sh -c 'kill -9 $$' >f 2>&1; } 2>/dev/null; echo $?; wait

#### only exported variables are given to programs
x=1; export y=2; sh -c 'echo [$x] [$y]'

#### an expansion that looks like an assignment is none
x='y=1'; $x; echo $?

#### a directory on PATH is no program
mkdir bin bin/prog; PATH=$PWD/bin:$PATH; prog; echo $?

#### a file on PATH that is not executable is 126 unless another is found
## dash: its status is 127; POSIX 2.8.2 wants 126
mkdir a b; echo 'echo b' >b/prog; chmod +x b/prog; >a/prog; P=$PATH; PATH=$PWD/a:$P; prog; echo $?; PATH=$PWD/a:$PWD/b:$P; prog

#### assignments before a program are made from left to right
x=1 y=$x sh -c 'echo $x $y'

#### the last assignment of a name counts
x=1 x=2 sh -c 'echo $x'

#### an assignment is no longer one after the command name
echo x=1; x=2; echo x=$x

#### a quoted name makes no assignment
"x"=1; echo $?; x"="1; echo $?

#### a name with other characters makes no assignment
1x=2; echo $?; x-y=2; echo $?

#### a value may hold equals signs and quotes
x=a=b"c d"'e'\ f; echo "$x"

#### an empty value
x=; y=''; echo "[$x$y]"

#### an assignment before nothing stays
x=1 $nope; echo $x

#### an assignment to a program that is not there is undone
x=1; x=2 no-such-program 2>/dev/null; echo $x

#### an assignment of PATH before a built-in
PATH=/none echo a; PATH=/none :; cat /dev/null; echo $?

#### an interpreter with an argument
printf '#!/bin/sh -e\nfalse\necho no\n' >s; chmod +x s; ./s; echo $?

#### an interpreter gets the name of the script
printf '#!/bin/sh\necho $0 $1\n' >s; chmod +x s; ./s 'a b'

#### an interpreter that is a folder is 126
printf '#!/\n' >s; chmod +x s; ./s; echo $?

#### a script without an interpreter line gets parameters and environment only
printf 'echo "$#" "$1" [$x] [$y]; exit 5\n' >s; chmod +x s; x=1; export y=2; ./s 'a b' c; echo $?

#### an empty file that is executable succeeds
>s; chmod +x s; ./s; echo $?

#### a binary of another kind is refused
printf '\177ELFxx\0\0' >s; chmod +x s; ./s; echo $?

#### a folder below a file is not there
>f; (./f/x) 2>/dev/null; test $? -ge 126 && echo failed

#### PATH of the command itself decides
mkdir a; echo 'echo a' >a/prog; chmod +x a/prog; PATH=$PWD/a:$PATH; PATH=/none prog; echo $?; prog

#### a PATH set in a subshell is its own
(PATH=/none; cat /dev/null; echo $?); cat /dev/null; echo $?

#### a subshell whose program was killed
## bash: says so in interactive shells only
(sh -c 'kill -9 $$'); echo $?

#### a program that SIGPIPE or SIGINT ended is not spoken of
sh -c 'kill -13 $$'; echo $?; sh -c 'kill -2 $$'; echo $?

#### a program cannot change the shell
x=1; sh -c 'x=2; cd /'; echo $x; pwd

#### the words of a command may be empty
printf '<%s>' '' "$nope" $nope a

#### a message can be redirected
no-such-program 2>f; test -s f && echo told

#### a link to a program is that program
echo 'echo $0 $1' >s; chmod +x s; ln -s s l; ./l a

#### a link to nothing is not found
ln -s none l; ./l; echo $?

#### a script without an interpreter line reads the input of the shell
echo cat >s; chmod +x s; echo a | ./s; echo b >f; ./s <f

#### a script without an interpreter line has an environment of its own
echo 'echo [$x]; x=3' >s; chmod +x s; x=1 ./s; x=2; ./s; echo $x

#### a removed program is not found any more
echo 'echo a' >s; chmod +x s; ./s; rm s; ./s; echo $?

#### an assignment of PATH is seen by the next one
(PATH=/none x=$PATH; echo $x)

#### a program that is open for writing is 126
cp /bin/cat c; exec 3>>c; ./c; echo $?

#### messages name the line of the command
:
no-such-1; echo \
a; no-such-3
echo 'a
b'; no-such-5
{
no-such-7
} | cat
(
no-such-10
)

#### a folder on PATH that cannot be searched has no programs
mkdir closed; chmod 0 closed; PATH=$PWD/closed:$PWD/missing:$PATH; no-such-program; echo $?

#### what runs in an assignment before a program is redirected too
## bash: makes the assignments first
printf '1\n2\n' >f; X=$(head -n 1; echo e >&2) sh -c 'echo $X' <f 2>err; cat err; x=$(X=$(echo a) sh -c 'echo $X' >f); echo "[$x]"; cat f
