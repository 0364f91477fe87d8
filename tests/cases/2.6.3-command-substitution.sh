#### newlines at the end are removed
x=$(printf 'a\n\nb\n\n\n'); echo "[$x]"

#### the result is split unless quoted
set -- $(echo a b  c); echo $#; set -- "$(echo a b  c)"; echo $#

#### nested
echo $(echo $(echo $(echo deep)))

#### nested with quotes
echo "$(echo "$(echo "a  b")")"

#### backquotes
echo `echo a` "`echo "b  c"`" `echo \`echo d\``

#### backslashes in backquotes
x=v; echo `echo \$x` `echo '\\'` "`echo \"q\"`"

#### a continued line in backquotes is joined before the text is parsed, in whatever quotes
echo `echo 'a\
b'` "`echo 'c\
d'`" `echo e\\\
f`
echo `cat <<\E
g\
h
E
` `echo 'i\\
j'`

#### a closing parenthesis in quotes
echo $(echo ')') $(echo ")") $(echo \))

#### a comment inside
echo $(echo a # )
)

#### case without opening parentheses
echo $(case a in a) echo one;; b) echo two;; esac)

#### case with opening parentheses
echo $(case b in (a) echo one;; (b) echo two;; esac)

#### a here-document inside
echo $(cat <<E
a )
b
E
)

#### a subshell inside
echo $( (echo a; echo b) | cat)

#### variables do not come out
x=1; y=$(x=2; echo $x); echo $x $y

#### the status of an assignment is that of the last substitution
x=$(exit 3); echo $?; x=$(exit 3)$(true); echo $?; x=a; echo $?

#### the status of a command is not that of its substitutions
echo $(exit 3); echo $?

#### exit ends only the substitution
echo $(echo a; exit 3; echo b); echo c

#### a failed command in it
x=$(false; echo a); echo $? $x

#### an empty one
x=$(); echo "[$x] $?"

#### only a redirection
echo hi >f; x=$(cat <f); echo $x

#### standard error goes its own way
## bash: redirects after expanding
x=$(echo a; echo b >&2) 2>/dev/null; echo "[$x]"

#### both outputs
## bash: redirects after expanding
x=$(echo a; echo b >&2; echo c) 2>&1; echo "[$x]"

#### copying standard output in it
x=$({ echo a; echo b >&2; } 2>&1); echo "[$x]"

#### copying standard output for a built-in
x=$(cd /nonexistent-folder 2>&1 || echo failed); case $x in *failed) echo ok;; esac

#### a function in it
f() { echo "f $1"; return 4; }; x=$(f a); echo "$x $?"

#### a loop in it
x=$(for i in 1 2 3; do echo $i; done); echo $x

#### a pipeline in it
x=$(echo b a | tr ' ' '\n' | sort); echo $x

#### a folder changed in it
mkdir d; x=$(cd d && pwd); test "$x" = "$PWD/d" && echo ok; test -d d && echo still here

#### options changed in it
x=$(set -f; echo *); echo "$x"; >a; >b; echo *

#### positional parameters in it
set -- a b; x=$(shift; echo $1; set -- q; echo $1); echo $x $1

#### a function defined in it
x=$(f() { echo in; }; f); echo $x; f 2>/dev/null || echo not outside

#### exec in it
x=$(exec echo ran; echo not); echo $x

#### trap EXIT in it
x=$(trap 'echo bye' EXIT; echo hi); echo $x

#### a background job in it is waited for by its output
x=$(sh -c 'sleep 0.1; echo late' & echo now); echo $x

#### redirections of a group in it
x=$({ echo a; } >f; echo b); echo $x; cat f

#### what a program and built-ins write keeps its order
x=$(echo 1; /bin/echo 2 2>/dev/null || echo 2; echo 3; sh -c 'echo 4'; echo 5); echo $x

#### a large output
x=$(dd if=/dev/zero bs=1000 count=300 2>/dev/null | tr '\0' a); echo ${#x}

#### a builtin's large output
i=0; x=$(while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890123456789; i=$((i+1)); done); echo ${#x}

#### the status is that of the last command
x=$(false); echo $?; if x=$(true); then echo yes; fi; x=$(false) || echo no

#### a null command with a substitution that fails
$(exit 5); echo $?

#### word from a substitution is a command
$(echo echo hi) there

#### glob in a substitution's result
>f1; >f2; echo $(echo 'f*') "$(echo 'f*')"

#### the value of $? in it
false; echo $(echo $?)

#### $$ is the same in it
test $$ = $(echo $$) && echo same

#### return in it
f() { x=$(return 3); echo $?; }; f

#### break in it
for i in 1 2; do x=$(break; echo no); echo "[$x]$i"; done

#### unset in it
x=1; y=$(unset x; echo "[${x-unset}]"); echo "$x $y"

#### readonly in it
x=1; y=$(readonly x; echo r); x=2; echo $x $y

#### export in it
y=$(x=5; export x; sh -c 'echo $x'); echo $y; sh -c 'echo "[$x]"'

#### umask in it
umask 022; x=$(umask 077; umask); umask | sed 's/^0*//'; echo $x | sed 's/^0*//'

#### alias in it
x=$(alias zz='echo z'; alias zz); echo "$x" | grep -c zz

#### arithmetic that looks like a subshell
echo $((1+1)) $( (echo a) ) $((2))

#### NUL bytes are dropped
## bash: warns
x=$(printf 'a\0b') 2>/dev/null; echo "$x"

#### quotes inside a pattern's expansions
x='?'; y=a; echo "${y#${x:+"$x"}}" ${y#${x:+$x}}.; case a in ${x:+'*'}) echo no;; ${x:+*}) echo yes;; esac

#### all parameters in a quoted word make a field
set --; set -- "${x:-$@}"; echo $#; set --; set -- "$@"; echo $#; set -- "${HOME:+$@}"; echo $#

#### a tilde in a quoted pattern
HOME=/h; x=/h/a; echo "${x#~}" ${x#~/}

#### command substitution with case, comments, quotes and nesting
echo $(case x in x) echo a;; esac) $(case x in (x) echo b;; esac) $(# a ) comment
echo c) "$(echo "d $(echo "e  f")")" $(echo \)) $(echo ')') `echo \`echo g\`` "`echo \"h  i\"`"

#### command substitution takes off all newlines at the end, and only those
x=$(printf 'a\n\nb\n\n\n'); echo "[$x]"; x=$(printf '\n\n'); echo "[$x]"; x=$(printf 'a \n'); echo "[$x]"

#### the status of a command that is only a substitution
$(false); echo $?; x=$(exit 3); echo $?; x=$(exit 4) y=$(true); echo $?; true $(false); echo $?; $(true) $(exit 5); echo $?

#### a substitution leaves $? to the command that it is for
## bash: tells of the substitution at once
f() { echo "$1 $?"; }; (exit 4); echo $(exit 5) $?; (exit 4); f $(exit 5); (exit 4); x=$(exit 5) y=$?; echo $? $y; (exit 4); case $(exit 5)$? in 4) echo 4;; esac
(exit 4); for i in $(exit 5) $?; do echo $i; done; (exit 4); x=$(exit 5; echo $?); echo $? $x; (exit 4); (exit $(exit 5)); echo $?

#### of the stages of a pipeline too
## dash: has no PIPESTATUS
## bash: as above
false | true; echo $(true | false | true) $PIPESTATUS; false | true; x=$(true; echo $PIPESTATUS); echo $x
