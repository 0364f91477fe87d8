# The built-in utilities.

#### cd goes to a folder and sets PWD and OLDPWD
mkdir d; old=$PWD; cd d; test "$PWD" = "$old/d" && test "$OLDPWD" = "$old" && echo yes

#### cd without operands goes home
mkdir d; cd d; cd; test "$PWD" = "$HOME"; echo $?

#### cd minus goes back and says where
mkdir d; cd d; cd - >f; echo $?; cat d/f; echo "$PWD"

#### cd to a missing folder is status 1 or more
cd missing; test $? -ne 0 && pwd

#### cd is logical
mkdir a a/b; ln -s a/b l; cd l; cd ..; pwd; cd l; pwd; pwd -P

#### cd -P is physical
mkdir a a/b; ln -s a/b l; cd -P l; pwd; cd ..; pwd

#### cd searches CDPATH and says where
mkdir a a/b; CDPATH=$PWD/a; cd b; cd ..; pwd

#### cd to a path with dots does not search CDPATH
mkdir a a/b b; CDPATH=a; cd ./b; pwd

#### cd without HOME fails
## dash: does nothing and succeeds; POSIX leaves it open
unset HOME; cd; test $? -ne 0; echo $?

#### cd to nothing but a file fails
>f; cd f; test $? -ne 0; echo $?

#### cd to the root
cd /; pwd; cd //tmp/..; cd /; cd .; pwd

#### pwd after the folder was moved
## dash: does not notice
mkdir a; cd a; mv ../a ../b; pwd

#### echo
echo; echo a  b; echo -n a; echo 'a   b' "c"

#### echo -n
echo -n; echo -n a; echo

#### echo -e interprets backslashes
## dash: does so always and prints -e
echo -e 'a\tb\n\0101\\ \c no'; echo -E 'a\tb'; echo -x; echo -

#### exit has the status of the last command
false; exit

#### exit with a number
exit 7

#### exit takes the low eight bits
exit 300

#### exit in a pipeline leaves its stage
exit 3 | cat; echo $?

#### exit with something else ends the script
exit abc; echo no

#### export gives a variable to programs
x=1; export x; sh -c 'echo $x'; x=2; sh -c 'echo $x'; export y=a=b; sh -c 'echo $y'

#### export of an unset variable
export x; sh -c 'echo [$x]'; x=1; sh -c 'echo [$x]'

#### export lists what can be read back
## dash: quotes no plain words in its own way
## bash: quotes with double quotes
export x="a'b" y; export -p | sort | head -n 100 | tail -n 2

#### export of no name ends the script
## dash: its status is 2; POSIX wants any but 0
## bash: goes on; POSIX 2.8.1 says that an error of a special built-in ends the script
export 1x=2; echo no

#### unset takes value and mark
export x=1; unset x; echo [$x]; sh -c 'echo [$x]'; x=2; sh -c 'echo [$x]'; unset nope; echo $?

#### exec replaces the shell
exec echo hi; echo no

#### exec of what is not there ends the script
exec no-such-program; echo no

#### exec keeps redirections
exec 3>f; echo hi >&3; exec 3>&-; cat f; exec >g; echo in g; cat g >&2

#### exec opens standard input
echo hi >f; exec <f; cat

#### a variable before exec is in the program's environment
x=1 exec sh -c 'echo $x'

#### wait without operands waits for all
sleep 0.1 & sleep 0.05 & wait; echo $?

#### wait for an unknown process is 127
wait 1 2>/dev/null; echo $?

#### wait gives the status of the last operand
## dash: says that the process was killed
sh -c 'exit 3' & a=$!; sh -c 'exit 4' & b=$!; wait $a $b; echo $?; sh -c 'kill -9 $$' & wait $!; echo $?

#### jobs lists nothing when there is nothing
jobs

#### true and false and colon
true a b; echo $?; false a; echo $?; : a; echo $?
