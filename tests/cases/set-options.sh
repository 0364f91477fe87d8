#### set -e ends the shell
set -e; echo a; false; echo no

#### set -e: the status is that of the command
(set -e; (exit 5); echo no); echo $?

#### set -e: not in conditions
set -e; if false; then :; fi; while false; do :; done; until true; do :; done; false || true; ! true; echo ok

#### set -e: not before the last of an and-or list
set -e; false && true; true && false || true; echo ok; true && false; echo no

#### set -e: a negated pipeline
set -e; ! true; echo ok; ! false; echo ok

#### set -e: only the last of a pipeline counts
set -e; false | true; echo ok; true | false; echo no

#### set -e: a subshell that fails
set -e; (false); echo no

#### set -e: inside a subshell
set -e; (false; echo no) || echo caught; (echo a; false; echo no); echo no

#### set -e: a brace group
set -e; { false; echo no; }; echo no

#### set -e: a group in a condition ignores it all through
set -e; { false; echo inside; } || echo no; if { false; true; }; then echo yes; fi

#### set -e: functions
set -e; f() { false; echo in f; }; f || echo no; if f; then echo yes; fi; f; echo no

#### set -e: a function that ends with a failed list
f() { false && true; }; set -e; f; echo no

#### set -e: an assignment with a failed substitution
set -e; x=$(false); echo no

#### set -e: a substitution in a word does not count
## bash: forgets it in substitutions
set -e; echo $(false) ok; echo "$(false; echo still)"

#### set -e: a command that is not found
set -e; nosuchcommand 2>/dev/null; echo no

#### set -e: a failed redirection
(set -e; : </nonexistent/x; echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### set -e: eval and dot
(set -e; eval false; echo no); echo $?; echo false >s; (set -e; . ./s; echo no); echo $?

#### set -e: eval in a condition
set -e; if eval 'false; true'; then echo yes; fi; eval 'false || true'; echo ok

#### set -e: for and while bodies
(set -e; for i in 1 2; do echo $i; false; done; echo no); (set -e; while true; do false; echo no; done); echo $?

#### set -e: case
set -e; case a in a) false || true;; esac; echo ok; case a in a) false;; esac; echo no

#### set -e: the last command of if
(set -e; if true; then false; fi; echo no); echo $?

#### set -e: a failure ignored in if stays ignored
set -e; if true; then false && true; fi; echo ok; { false && true; }; echo ok

#### set -e: the EXIT trap runs
set -e; trap 'echo bye $?' EXIT; false; echo no

#### set -e turned off
set -e; set +e; false; echo ok; (set -e; set +e; false; echo ok)

#### set -e: test and brackets
set -e; [ a = b ] || echo ne; test a = a; echo ok; [ a = b ]; echo no

#### set -e: exit status of a background job does not count
set -e; false & wait; echo ok; false & wait $!; echo no

#### set -e: in the last stage of a pipeline
set -e; echo a | { false; echo no; } || echo caught; echo a | { read x; echo $x; }; echo ok

#### set -e: continue and break
set -e; for i in 1 2; do false || continue; done; while :; do break; done; echo ok

#### set -u: unset variables
(set -u; echo $x; echo no) 2>/dev/null; test $? -ne 0 && echo failed; set -u; x=; echo "[$x]${y-}"

#### set -u: special parameters
set -u; echo "$# $* $@ $? [$-]" | sed 's/\[.*//'; (echo $1) 2>/dev/null || echo failed; for i; do :; done; for i in "$@"; do :; done; echo ok

#### set -u: the last background process
(set -u; echo "$!") 2>/dev/null || echo failed

#### set -u: in arithmetic
## dash: unset is 0
(set -u; echo $((x+1))) 2>/dev/null || echo failed

#### set -f
>a; set -f; echo *; set +f; echo *; set -f; x='*'; echo $x; case abc in a*) echo case;; esac

#### set -C
echo a >f; set -C; (echo b >f) 2>/dev/null || echo refused; cat f; echo c >|f; cat f; echo d >>f; cat f; echo x >new; cat new; echo y >/dev/null && echo dev; set +C; echo e >f; cat f

#### set -a
set -a; x=1; sh -c 'echo $x'; set +a; y=2; sh -c 'echo "[$y]"'; export z; set -a; read w <<E
5
E
sh -c 'echo $w'; for v in 6; do sh -c 'echo $v'; done

#### set -n reads only
echo a; set -n; echo no
if true; then echo no; fi

#### set -v shows what is read
## dash: shows the text of eval otherwise
{ eval 'set -v
echo a
echo b'; } 2>&1 | sort | uniq -c | sed 's/^ *//'

#### set -x shows what runs
{ set -x; x=1; echo "a b" $x >/dev/null; set +x; } 2>&1 | grep -c echo

#### PS4 is expanded
x=5; PS4='<$x>'; { set -x; :; } 2>&1 | grep -c '^<5>:'

#### set -x goes to standard error
set -x; echo a 2>/dev/null; set +x 2>/dev/null

#### $- has the letters
set -euf; case $- in *e*) case $- in *u*) case $- in *f*) echo all;; esac;; esac;; esac; set +e +u; case $- in *e*|*u*) echo no;; *f*) echo f;; esac

#### set -o by name
set -o errexit; case $- in *e*) echo e;; esac; set +o errexit; case $- in *e*) echo no;; esac; set -o noglob -o nounset; echo *; set +o noglob

#### set +o can be read back
set -f -u; x=$(set +o); set +f +u; eval "$x"; case $- in *f*) echo f;; esac; case $- in *u*) echo u;; esac

#### set -o lists
set -o | grep -c noglob; set -f; set -o | grep noglob | tr -s ' \t' ' '

#### an unknown option is an error
(set -Z; echo no) 2>/dev/null; test $? -ne 0 && echo failed; (set -o nosuch; echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### set -- sets parameters
set -- a -b '' c; echo $# "$2"; set --; echo $#; set - x y; echo $#; set x; echo $1

#### options and parameters together
set -f -- -e *; echo $# $1 $2; case $- in *e*) echo no;; esac; set +f; set -u a b; echo $1 $2

#### a lone minus ends options
set -x - a 2>/dev/null; echo $1; case $- in *x*) echo no;; *) echo off;; esac

#### a lone plus is an option without letters
set a b; set +; echo $*; set + c; echo $*

#### set lists variables
## dash: quotes every value
x='a b'; set | grep '^x='; y=1; set | grep -c '^y=1$'

#### set quotes what it lists
x="it's"; eval "$(set | grep '^x=')"; echo "$x"

#### pipefail
## dash: does not know pipefail
set -o pipefail; false | true; echo $?; (exit 3) | (exit 4) | true; echo $?; true | true; echo $?; set +o pipefail; false | true; echo $?; set -o pipefail; ! false | true; echo $?

#### pipefail with set -e
## dash: does not know pipefail
set -e -o pipefail; false | true || echo caught; false | true; echo no

#### set -m is a flag
## dash: wants a terminal
set -m; case $- in *m*) echo m;; esac; set +m; case $- in *m*) echo no;; esac; echo ok

#### set -b and -h are accepted
## dash: does not know -h
set -b; set +b; set -h; set +h; echo ok

#### options in the invocation
sh -c 'echo $-' | grep -c x; true

#### PS4 is expanded for each command
PS4='+$LINENO:$x '; x=1; set -x
echo a
x=2
echo b

#### set -x in a for, a case, a subshell and a function
PS4='+ '; set -x; for i in a b; do echo $i; done; case x in x) echo c;; esac; (echo sub); f() { echo in "$1"; }; f 'a b'

#### set -x with assignments before a command
x='a  b'; set -x; y=1 z="$x" true; set +x; echo done

#### set -x shows assignments with their command, and expands them once
x=0; set -x; y=$((x=x+1)) z= echo hi; y=$((x=x+1)) eval ':' 2>/dev/null; y=$((x=x+1)); set +x; echo $x

#### set -v shows lines as they are read
## dash: shows nothing of -c
set -v
echo a
: b; set +v
echo c

#### set -n in the middle
echo a; set -n; echo b
echo c

#### letters of $-
set -aefuC; case $- in *a*) echo a;; esac; case $- in *e*u*|*u*e*) echo eu;; esac; set +aefuC; case $- in *[aefuC]*) echo no;; *) echo yes;; esac

#### set -e where failures are looked at
set -e; if false; then :; fi; while false; do :; done; until true; do :; done; ! true; false && true; false || true; echo ok; f() { false; echo not; }; f || echo or; f && echo yes; ! f; echo end; (false; echo no); echo not

#### set -e with a substitution in an assignment
## dash: ends the substitution even where the failure is looked at
set -e; x=$(false; echo a) || echo "or $x"; x=$(false); echo no

#### set -e does not look at a substitution in an argument
set -e; echo $(false); export x=$(false); echo still

#### set -e looks at the last stage
set -e; false | true; echo a; true | false; echo no

#### set -e and pipefail
## dash: has no pipefail
set -e -o pipefail; true | true; if false | true; then echo no; fi; echo a; false | true; echo no

#### set -e in a function that a condition calls
set -e; f() { false; echo f; }; if f; then echo yes; fi; f; echo no

#### set -e in eval and dot that are conditions
## dash: ends in a dot script that is a condition
set -e; eval 'false; echo a' || echo or; echo 'false; echo b' > f; . ./f || echo or2; eval 'false; echo no'; echo no2

#### set -e in an asynchronous list
set -e; (false; echo no) & wait $! || echo "status $?"; echo end

#### set -e after a case and a group
set -e; case x in x) false || :;; esac; { false; } || echo a; { false; echo no; }; echo no

#### set -e with a list in a loop
set -e; for i in 1 2; do false || continue; done; for i in 1 2; do [ $i = 2 ] && break; done; echo $i; while :; do false; echo no; done

#### set -e after a failing redirection of a compound command
## dash: gives 2
set -e; if :; then { :; } </nonexistent || echo or; fi; { echo no; } </nonexistent; echo no

#### set -e ends a subshell, whose status counts
set -e; (exit 3) || echo $?; (set +e; false; echo in); (exit 4); echo no

#### set -e is inherited by a substitution
## dash: ends the substitution even where the failure is looked at
set -e; x=$(false; echo a; true) || :; echo "[$x]"; echo "$(false; echo b)"

#### set -u
## dash: takes an unset variable in arithmetic for 0
set -u; echo ${x-default} ${x:-d} ${x+no} "${#@}" "$@" $*; (echo $x) 2>/dev/null || echo u; (echo ${#x}) 2>/dev/null || echo u; (echo ${x%a}) 2>/dev/null || echo u; (echo $1) 2>/dev/null || echo u; (echo $!) 2>/dev/null || echo u; (echo $((x+1))) 2>/dev/null || echo u

#### set -C, again
set -C; echo a >f; (echo b >f) 2>/dev/null || echo refused; echo c >|f; cat f; echo d >>f; echo e >/dev/null; echo F 1<>f; cat f

#### set -a, again
set -a; x=1; : ${y=2}; read z <<E
3
E
for w in 4; do :; done; getopts a v -a; sh -c 'echo $x $y $z $w $v'; set +a; q=5; sh -c 'echo ${q-unset}'

#### set -f by the way of expansion
>aa; >b; x='*'; set -f; echo * $x; set +f; echo * $x

#### set +o can be read back, again
set -e -u; set +o >f; set +eu; . ./f; case $- in *e*u*|*u*e*) echo eu;; esac

#### options by their names
for o in allexport errexit ignoreeof monitor noclobber noglob noexec notify nounset verbose vi xtrace; do (set +o $o) || echo no $o; done; set -o errexit -o nounset; set +o errexit; case $- in *e*) echo no;; *u*) echo u;; esac

#### set -o tells all options
set -o | while read -r name state; do case $name in errexit|noglob|noclobber) echo $name $state;; esac; done | sort

#### set with operands
set -- -a -b; echo $#; set --; echo $#; set a; echo $1; set -f -- a 'b c'; echo $# "$2"; set +f; set x y; echo $*; set -- ''; echo $#

#### set with options that are none
(set -Z; echo no) 2>/dev/null; [ $? -ne 0 ] && echo refused; (set -o nosuch; echo no) 2>/dev/null; [ $? -ne 0 ] && echo refused

#### what set lists can be read back
## bash: ends at its own read-only variables
x="it's
two lines" y='a b' z=; set >f; x= y=; . ./f 2>/dev/null; echo "$x" "$y" "[$z]"

#### an interactive shell ignores -n, and so do its subshells
## dash: subshells do not
/proc/$$/exe -ic 'set -n; (echo sub); echo on' 2>/dev/null; (set -n; echo no); echo end
