#### defined and called
f() { echo called; }; f; f | cat; x=$(f); echo $x

#### parameters
f() { echo "$# $1 $2 $*"; }; f a 'b c'; set -- x; f; echo $1

#### $0 stays
f() { echo $0; }; f

#### the status
f() { return 3; }; f; echo $?; f() { false; }; f; echo $?; f() { (exit 5); return; }; f; echo $?; f() { :; }; f; echo $?

#### return leaves at once
f() { echo a; return; echo b; }; f; f() { for i in 1 2; do return 4; done; }; f; echo $?

#### return in nested functions
f() { g; echo after g; }; g() { return 2; }; f; echo $?

#### a redefinition
f() { echo 1; }; f; f() { echo 2; }; f

#### redefined while it runs
f() { f() { echo new; }; echo old; f; }; f; f

#### unset while it runs
f() { unset -f f; echo still; }; f; f 2>/dev/null || echo gone

#### recursion
f() { test $1 -le 1 && { echo 1; return; }; echo $(( $1 * $(f $(($1-1))) )); }; f 6

#### deep recursion
f() { test $1 -eq 0 || f $(($1-1)); }; f 400; echo $?

#### variables are shared
f() { x=2; y=3; }; x=1; f; echo $x $y

#### local variables
f() { local x=2; local y; y=5; echo "$x $y"; g; }; g() { echo "g $x"; x=7; }; x=1; f; echo "$x [$y]"

#### assignments before a function
f() { echo "$x"; sh -c 'echo "$x"'; }; x=1; x=2 f; echo $x

#### redirections of a definition
f() { echo out; echo err >&2; } >o 2>e; f; cat o e

#### redirections of a call
f() { cat; }; f <<E
in
E
f() { echo a; }; f >o; cat o

#### the body may be any compound command
f() (x=2; echo $x); x=1; f; echo $x; g() if true; then echo if; fi; g; h() for i in 1 2; do echo $i; done; h; c() case $1 in a) echo A;; esac; c a

#### a newline before the body
f()
{
echo nl
}
f

#### blanks around the parentheses
f ( ) { echo a; }; f

#### functions before built-ins and programs
true() { echo mine; }; true; unset -f true; true; echo $?; ls() { echo my ls; }; ls

#### special built-ins come first
## dash: refuses to define it
## bash: its POSIX mode refuses to define it
set() { echo no; }; set -- a; echo $1

#### command skips functions
echo() { printf 'mine\n'; }; echo a; command echo b; unset -f echo; echo c

#### a function in a pipeline
f() { while read x; do echo "<$x>"; done; }; printf 'a\nb\n' | f | cat

#### a function in the background
f() { echo bg; }; f & wait

#### a function that exits
(f() { exit 3; }; f; echo no); echo $?

#### shift in a function
f() { shift; echo $1; }; set -- x y; f a b; echo $1

#### set in a function
f() { set -- p q; echo $#; }; set -- x; f; echo $#

#### break in a function leaves no loop outside
## dash: leaves the caller's loop (POSIX leaves it open)
f() { break; }; for i in 1 2; do f 2>/dev/null; echo $i; done

#### a definition's status
f() { false; }; echo $?

#### an undefined function
nosuch 2>/dev/null; echo $?

#### names with underscores and digits
_f1() { echo ok; }; _f1

#### a function that defines another
f() { g() { echo g; }; }; f; g

#### arguments after --
f() { echo "$@"; }; f -- -n

#### $@ in a function with for
f() { for x; do echo "<$x>"; done; }; f a 'b c' ''

#### unset -f leaves the variable
f=1; f() { :; }; unset -f f; echo $f; f() { echo fn; }; unset f; f; unset -v f; f

#### return with a wide status
## dash: keeps more than eight bits
f() { return 300; }; f; echo $?

#### a trap in a function is the shell's
f() { trap 'echo bye' EXIT; }; f; echo end

#### local in a subshell function
f() ( local x=3; echo $x ); x=1; f; echo $x

#### local without a value is unset
## dash: keeps the value (POSIX has no local)
f() { local x; echo "[${x-unset}]"; }; x=1; f

#### return in a dot script and in a function within it
echo 'f() { return 3; }; f; echo $?; return 4; echo no' >s; . ./s; echo $?

#### return without an operand has the last status
f() { (exit 7); return; }; f; echo $?; f() { return; }; (exit 5); f; echo $?

#### a function that redefines itself while it runs
f() { echo one; f() { echo two; }; echo still; }; f; f

#### a function that unsets itself while it runs
f() { unset -f f; echo still; }; f; f 2>/dev/null; echo $?

#### a function's redirections are made at each call
n=0; f() { n=$((n+1)); echo $n; } >>out; f; f; cat out; g() { cat; } <<E
$n
E
n=9; g

#### a function keeps its caller's parameters
set -- a b; f() { set -- x y z; shift; echo $# $1; }; f 1 2; echo $# $1; f() { echo $0 >/dev/null; echo "$@"; }; f "$@" c

#### assignments before a function are seen in it and by its programs
x=1; f() { echo $x; sh -c 'echo ${x-unset}'; }; x=2 f; echo $x

#### a variable that is local already keeps its value
f() { local x=1; local x; g; echo $x; unset x; local x; echo "[$x]"; }; g() { local x=5; }; x=0; f; echo $x

#### what is assigned before a function is local to it already
## dash: takes -- for a name
f() { local -- x; echo $x; x=3; }; x=1; x=2 f; echo $x

#### local and recursion
f() { local n; n=$1; [ $n -gt 0 ] && f $((n-1)); echo $n; }; f 2

#### functions with every compound body
f() (x=2; echo sub); x=1; f; echo $x; f() if true; then echo if; fi; f; f() for i in a; do echo $i; done; f; f() case $1 in a) echo case;; esac; f a; f() while :; do echo while; break; done; f; f()
{ echo newline; }; f
