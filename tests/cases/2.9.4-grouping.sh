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
