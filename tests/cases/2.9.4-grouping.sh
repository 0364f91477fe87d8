# POSIX XCU 2.9.4.1: grouping commands.

#### braces run in the shell
x=1; { x=2; echo $x; }; echo $x

#### parentheses run in a subshell
x=1; ( x=2; echo $x ); echo $x

#### a subshell does not change the folder
( cd /; pwd ); test "$PWD" = /; echo $?

#### exit leaves the subshell
( exit 3; echo no ); echo $?

#### exit in braces leaves the shell
{ exit 3; }; echo no

#### the status of a group is its last command's
{ true; false; }; echo $?; ( false; true ); echo $?

#### groups nest
( ( ( echo a ) ) ); { { { echo b; }; }; }

#### braces need blanks and a separator
echo {a}; echo { a }

#### a subshell needs neither
(echo a);(echo b)|cat

#### a subshell sees the variables of the shell
x='a b'; ( echo "$x"; ( echo "$x" ) )

#### descriptors of a subshell are its own
## dash: its status for a failed redirection is 2; POSIX wants any but 0
( exec 3>f; echo hi >&3 ); cat f; echo no 2>/dev/null >&3; echo $?

#### exported in a subshell
( export x=1; sh -c 'echo $x' ); sh -c 'echo [$x]'

#### groups over several lines
{
echo a
echo b
}
(
echo c

echo d
)

#### a group in an and-or list
{ false; } || ( true ) && echo yes

#### the umask of a subshell does not leak
( sh -c 'umask 077' ); sh -c 'umask'

#### background jobs are not the subshell's
sleep 0 & ( wait; echo $? ); wait; echo $?

#### a closing brace is a reserved word only where a command may begin
{ echo a }; echo b; }

#### an opening brace needs a blank
{echo a; }

#### a group without a command is an error
{ }

#### a subshell without a command is an error
( )

#### words after a group are an error
{ echo a; } b

#### words after a subshell are an error
(echo a) b

#### a parenthesis after a word is an error
echo (a)

#### a brace that is not closed is an error
{ echo a;

#### a parenthesis that is not closed is an error
(echo a

#### a closing brace without a group is an error
}

#### a redirection of a group comes before those inside
{ echo a >g; echo b; } >f; cat f g

#### a group sees the status before it
false; { echo $?; }; false; (echo $?)

#### an assignment in a nested subshell is lost
x=1; (x=2; (x=3; echo $x); echo $x); echo $x

#### positional parameters and the process ID are the shell's in a subshell
## args: a b
echo $$ $2 >f; (echo $$ $2 >g); cat f g | sort -u | wc -l | tr -d " "

#### unset in a subshell
x=1; (unset x; echo "[$x]"); echo $x

#### an exec in a subshell is its own
(exec >/dev/null; echo no); echo a

#### a group as a condition
{ true; false; } && echo no || echo yes

#### a group in a pipeline in a group
{ { echo b; echo a; } | { sort; echo c; }; } | cat

#### groups nest a hundred deep
( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( ( { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { { echo a; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; }; } ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) ) )
