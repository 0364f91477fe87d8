# POSIX XCU 2.15 exit.

#### exit ends the script
echo a; exit; echo no

#### exit without a number has the last status
sh -c 'exit 9'; exit

#### exit zero is success even after a failure
false; exit 0

#### exit takes 255
exit 255

#### exit of a status from a parameter
x=12; exit $x

#### exit of an empty expansion is exit without a number
x=; false; exit $x

#### exit in an and-or list
true && exit 4; echo no

#### exit in a subshell ends the subshell
(exit 4); echo $?

#### exit in a nested subshell ends the inner one
( (exit 4); echo $?; exit 5 ); echo $?

#### exit in braces ends the script
{ exit 6; }; echo no

#### exit in a pipeline ends its stage
echo a | { cat; exit 7; echo no; }; echo $?

#### exit in an asynchronous list ends that list
{ exit 8; } & wait $!; echo $?

#### exit takes a redirection
exit 3 >f; echo no

#### exit in a subshell without a number has the last status in it
(false; exit); echo $?

#### an exclamation mark does not change what exit gives
! exit 3

#### the end of a script is an exit with the last status
true; false

#### a script of comments succeeds
# nothing

#### an empty script succeeds

#### exit without an operand has the last status
(f() { (exit 7); exit; }; f); echo $?; (exit 6; echo no); echo $?; (false; exit); echo $?
