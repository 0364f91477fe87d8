# POSIX XCU 2.5, 2.6.2: parameters.

#### an unset parameter is empty
echo "[$nope]" [$nope]

#### braces end a name
x=a; echo ${x}b $xb

#### positional parameters
## args: a b c d e f g h i j k
echo $1 $9 $10 ${10} ${11} "${12}"

#### the number of positional parameters
## args: a b c
echo $# ${#}

#### quoted at keeps each parameter
set=1; sh -c 'printf "<%s>" "$@"' sh 'a b' '' c

#### quoted at keeps its parameters apart
## args: a b
printf '<%s>' "$@" "x$@y" "$@$@"

#### quoted at without parameters is nothing
printf '<%s>' "$@" a "$@"

#### quoted at beside text without parameters is that text
printf '<%s>' "x$@y" ""

#### quoted star joins by the first character of IFS
## args: a b c
IFS=:,; printf '<%s>' "$*"; IFS=; printf '<%s>' "$*"; unset IFS; printf '<%s>' "$*"

#### unquoted at and star are split
## args: a:b c
IFS=:; printf '<%s>' $@; printf '<%s>' $*

#### unquoted empty parameters vanish
sh -c 'exit' ; x=; printf '<%s>' $x a $x ""

#### at in an assignment joins with blanks
## args: a b
x="$@"; printf '<%s>' "$x"

#### star in an assignment joins by IFS
## args: a b
IFS=:; x="$*"; printf '<%s>' "$x"

#### the status of the last command
false; echo $?; true; echo $?; sh -c 'exit 42'; echo $?; echo $?

#### the process ID is the same in subshells
a=$$; ( test $a = $$ && echo same ); { test $a = $$ && echo same; } | cat

#### the name of the script is parameter zero
echo $0 ${0}

#### the process ID of an asynchronous list
sleep 0 & a=$!; wait $a; echo $?; test -n "$a" && echo set

#### PPID is the parent
sh -c 'test $PPID -gt 0 && echo yes'; test "$PPID" -gt 0 && echo yes

#### option letters have no i in a script
printf '%s' "$-" | tr -d -c i

#### an assignment is seen by the next word list, not by its own
x=1; x=2 echo $x; echo $x

#### assignments are made from left to right
x=1; x=2 y=$x; echo $y

#### a value is not split when it is assigned
x='a  *  b'; y=$x; echo "$y"

#### variables hold bytes that are not characters
x='a*b'; printf '%s\n' "$x"

#### a long value is kept
x=0123456789; x=$x$x$x$x$x$x$x$x$x$x; x=$x$x$x$x$x$x$x$x$x$x; printf %s "$x" | wc -c | tr -d ' '

#### a name ends at the first other character
x=1; echo $x-$x.$x/$x$x"$x"

#### a digit is a parameter by itself
## args: a b
echo $10 $1x ${1}0 $2$1

#### the parameters of a subshell are those of the shell
## args: a b
(echo $# $2); echo $1 | cat

#### star without quotes in an assignment joins by IFS
## args: a b
IFS=:; x=$*; echo "$x"

#### star is joined by nothing where IFS is empty
## args: a b
IFS=; echo "$*"

#### the status after an expansion to nothing is success
false; $nope; echo $?

#### the status is known in the same command
(exit 3); echo $? $?

#### several parameters after each other
## args: a b
echo $1$2 "$1$2" $#$#

#### the last process ID is empty before there is one
echo "[$!]"

#### at in the middle of a pipeline
## args: a b
printf '<%s>' "$@" | cat
