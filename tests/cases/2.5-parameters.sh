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

#### unset takes LINENO its meaning
## dash: has no line in -c
echo $LINENO; (unset LINENO; echo "[$LINENO]"); echo $LINENO; unset LINENO
echo "[$LINENO]"; LINENO=x; echo $LINENO

#### LINENO in a function and in eval
## dash: has no LINENO in -c
## bash: counts lines of eval otherwise
f() {
  echo $LINENO
}
f
echo $LINENO
eval 'echo $LINENO
echo $LINENO'
echo $LINENO

#### LINENO in a dot script
## dash: has no LINENO in -c
printf 'echo $LINENO\necho $LINENO\n' >f
. ./f
echo $LINENO

#### ${#@} and ${#*} count, ${@} in assignments
## dash: gives the length
set -- a 'b c' d; echo ${#@} ${#*} ${#} $#; x=$*; echo "$x"; IFS=:; x="$*"; echo "$x"; x=$*; echo "$x"; y="$@"; echo "$y"

#### "$@" joined to its neighbours
## dash: makes a field of nothing twice, and one of ${@-none}
set -- a 'b c' d; for w in "x$@y"; do echo "[$w]"; done; set --; for w in "x$@y"; do echo "[$w]"; done; for w in "$@"; do echo no; done; for w in "$@$@"; do echo no; done; for w in ''"$@"; do echo "[$w]"; done; for w in "${@-none}"; do echo "[$w]"; done

#### $* and $@ unquoted with empty fields
## bash: keeps empty fields where IFS is no blank
set -- a '' b; for w in $*; do echo "[$w]"; done; for w in $@; do echo "[$w]"; done; IFS=:; for w in $*; do echo "<$w>"; done; set -- 'a:b' c; for w in $*; do echo "{$w}"; done

#### the letter of where commands come from
## dash: has no c
case $- in *c*) echo c;; esac

#### the letter of standard input
m=/proc/$$/exe; echo 'case $- in *s*) echo s;; esac; case $- in *c*) echo c;; esac' >f; $m <f; $m -s <f; $m ./f
